package io.socketharness.testcontainers;

import java.time.Duration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;

/** An application in a container, which sends mail; its server is in SMTP_HOST and SMTP_PORT. */
final class MailApp extends GenericContainer<MailApp> {

    private static final String SEND_MAIL = """
            #!/bin/sh
            printf 'Subject: Order 7\\r\\n\\r\\nIt is on its way.\\r\\n' |
              curl -sS "smtp://$SMTP_HOST:$SMTP_PORT/app.test" --mail-from app@app.test --mail-rcpt "$1" --upload-file -
            """;

    MailApp() {
        super(ProgramsImage.name());
        withCopyToContainer(Transferable.of(SEND_MAIL, 0755), "/bin/send-mail");
        withCommand("sleep", "infinity");
        withStartupTimeout(Duration.ofMinutes(2));
    }
}
