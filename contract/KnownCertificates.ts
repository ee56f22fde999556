import { X509Certificate } from 'node:crypto';

/**
 * The certificates with which n8n serves TLS itself: those that stood first in its certificate file
 * since this began to look. n8n reads a renewed one only when it starts again, so the one of before
 * counts as well.
 */
export class KnownCertificates {
	private readonly fingerprints = new Set<string>();

	/** `readPem` returns the text of the file, undefined when it cannot be read. */
	constructor(private readonly readPem: () => string | undefined) {
		this.look();
	}

	/** Whether a certificate that a server has shown, and proved to hold the key of, is one of them. */
	includes(certificate: X509Certificate | undefined): boolean {
		this.look();
		return certificate !== undefined && this.fingerprints.has(certificate.fingerprint512);
	}

	private look(): void {
		const pem = this.readPem();
		if (pem === undefined) return;
		try {
			this.fingerprints.add(new X509Certificate(pem).fingerprint512);
		} catch {
			// Half written, or none: whoever shows a certificate of before is still known.
		}
	}
}
