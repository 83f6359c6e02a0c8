package io.socketharness.examples.protocols;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.commons.net.DefaultSocketFactory;
import org.apache.commons.net.ftp.FTPSClient;
import org.jspecify.annotations.Nullable;

/** A client of FTPS whose data connections resume the session of the control connection. */
// tag::client[]
class ResumingFtpsClient extends FTPSClient {

    private final SSLContext context;

    ResumingFtpsClient(SSLContext context) {
        super(false, context);
        this.context = context;
    }

    /** The JDK finds a session by host and port: the data connections name the port of the control connection. */
    @Override
    public void execPROT(String level) throws IOException {
        super.execPROT(level);
        int controlPort = getRemotePort();
        setSocketFactory(new DefaultSocketFactory() {
            @Override
            public Socket createSocket() {
                return new Socket() {
                    @Override
                    public int getPort() {
                        return controlPort;
                    }
                };
            }
        });
    }

    @Override
    protected @Nullable Socket _openDataConnection_(String command, String argument) throws IOException {
        Socket plain = super._openDataConnection_(command, argument);
        if (plain == null) {
            return null;
        }
        SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(plain, _hostname_, -1, true);
        secure.setSSLParameters(((SSLSocket) _socket_).getSSLParameters());
        secure.startHandshake();
        return secure;
    }
}
// end::client[]
