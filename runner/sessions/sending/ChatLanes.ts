/** Work of one chat in its order; chats do not wait for one another. */
export class ChatLanes {
	private readonly tails = new Map<string, Promise<void>>();

	/** Runs `work` after everything that was given for this chat before. It must not reject. */
	run(jid: string, work: () => Promise<void>): void {
		const before = this.tails.get(jid);
		const tail = before ? before.then(work) : work();
		this.tails.set(jid, tail);
		void tail.finally(() => {
			if (this.tails.get(jid) === tail) this.tails.delete(jid);
		});
	}
}
