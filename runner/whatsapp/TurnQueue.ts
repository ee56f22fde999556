type Lane = 'send' | 'stanza';

interface Turn {
	run: () => Promise<void>;
	drop: () => void;
}

/** So many turns are taken before timers, sockets and the commit barrier get theirs. */
const TURNS_PER_TASK = 10;

/**
 * Lets inbound stanzas and sends happen one at a time, sends first. Baileys' key transactions are not
 * isolated from one another: a send and a decryption that overlap lose one another's ratchet steps.
 * Pausing after every few turns keeps a backlog from becoming one huge commit.
 */
export class TurnQueue {
	private readonly lanes: Record<Lane, Turn[]> = { send: [], stanza: [] };
	private isRunning = false;
	private isClosed = false;
	private turnsInTask = 0;
	private idleListeners: Array<() => void> = [];

	/** Runs the task when its turn has come. Rejects without running it when the queue is closed. */
	take<T>(lane: Lane, task: () => Promise<T>): Promise<T> {
		return new Promise((resolve, reject) => {
			const drop = () => reject(new TurnDroppedError());
			if (this.isClosed) return drop();
			this.lanes[lane].push({ run: () => task().then(resolve, reject), drop });
			if (!this.isRunning) void this.run();
		});
	}

	/** Drops what waits (the server delivers stanzas again), resolves when the running turn is over. */
	async close(): Promise<void> {
		this.isClosed = true;
		for (const lane of [this.lanes.send, this.lanes.stanza]) {
			for (const turn of lane.splice(0)) turn.drop();
		}
		if (this.isRunning) await new Promise<void>((resolve) => this.idleListeners.push(resolve));
	}

	private async run(): Promise<void> {
		this.isRunning = true;
		for (let turn = this.next(); turn; turn = this.next()) {
			await turn.run();
			if (++this.turnsInTask >= TURNS_PER_TASK) {
				this.turnsInTask = 0;
				await new Promise((resolve) => setImmediate(resolve));
			}
		}
		this.isRunning = false;
		for (const listener of this.idleListeners.splice(0)) listener();
	}

	private next(): Turn | undefined {
		return this.lanes.send.shift() ?? this.lanes.stanza.shift();
	}
}

/** The connection ended before the task's turn had come. */
export class TurnDroppedError extends Error {
	override readonly name = 'TurnDroppedError';
	constructor() {
		super('The connection has ended.');
	}
}
