import { SigningKey } from '../signal/SigningKey';
import { createCertificateChain, type ServerCertificate } from './certificateChain';

/** The keys of one simulator and the certificate chains made from them, each signed once. */
export class ServerIdentity {
	/** The server's Noise static key. */
	readonly staticKey = new SigningKey();
	/** The key every client of this simulator has to trust. */
	readonly root = new SigningKey();
	private readonly intermediate = new SigningKey();
	private readonly chains = new Map<ServerCertificate, Buffer>();

	/** The encoded chain of that kind. */
	chain(kind: ServerCertificate): Buffer {
		const known = this.chains.get(kind);
		if (known) return known;
		const { root, intermediate, staticKey } = this;
		const chain = createCertificateChain({ root, intermediate, serverStatic: staticKey }, kind);
		this.chains.set(kind, chain);
		return chain;
	}
}
