package io.socketharness.internal.tls;

import io.socketharness.tls.CertificateAuthority;

/** Makes files and tells their paths; {@link PrivateFilesTest} starts it. */
final class LeavesFiles {

    private LeavesFiles() {}

    public static void main(String[] arguments) {
        CertificateAuthority authority = CertificateAuthority.shared();
        System.out.println(authority.pemFile());
        System.out.println(authority.pkcs12File("comet"));
        System.out.println(authority.issue().pemFile());
    }
}
