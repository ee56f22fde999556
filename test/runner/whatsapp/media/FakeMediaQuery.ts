import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';

/** A socket that knows nothing but media hosts. */
export class FakeMediaQuery implements Pick<WASocket, 'query'> {
	asked = 0;

	constructor(
		public hosts: readonly string[],
		public ttlS = 300,
	) {}

	/** What the next queries come to instead of an answer. */
	instead: (() => Promise<BinaryNode | undefined>) | undefined;

	// As in Baileys, a query without an answer resolves with undefined, whatever its type says.
	query = async (): Promise<BinaryNode> => {
		this.asked += 1;
		if (this.instead) return (await this.instead()) as BinaryNode;
		const content = this.hosts.map((hostname) => ({ tag: 'host', attrs: { hostname } }));
		const attrs = { auth: `auth+${this.asked}`, ttl: String(this.ttlS) };
		return { tag: 'iq', attrs: {}, content: [{ tag: 'media_conn', attrs, content }] };
	};
}
