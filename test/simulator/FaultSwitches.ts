import type { ServerCertificate } from './noise/certificateChain';
import type { PasskeyRule } from './Faults';
import type { SimulatorContext } from './SimulatorContext';

/** What the server can be made to do wrong, each until it is switched off again. */
export abstract class FaultSwitches {
	protected constructor(protected readonly context: SimulatorContext) {}

	/** What the server presents in the handshake. */
	get serverCertificate(): ServerCertificate {
		return this.context.faults.serverCertificate;
	}

	set serverCertificate(kind: ServerCertificate) {
		this.context.faults.serverCertificate = kind;
	}

	/** Changes the server's first frame of every handshake, until called with undefined. */
	mangleHello(mangle: ((frame: Buffer) => Buffer) | undefined): void {
		this.context.faults.mangleHello = mangle;
	}

	/** Refuses websocket upgrades with that HTTP status, until called with undefined. */
	refuseUpgrades(status: number | undefined): void {
		this.context.faults.refuseUpgrades = status;
	}

	/** While true, upgrades are neither accepted nor refused. */
	holdUpgrades(hold: boolean): void {
		this.context.faults.holdUpgrades = hold;
	}

	/** Answers every login with `<failure>` and that reason, until called with undefined. */
	failLogins(reason: number | undefined): void {
		this.context.faults.failLogins = reason;
	}

	/** While true, keep-alive pings stay unanswered. */
	stopAnsweringPings(stop: boolean): void {
		this.context.faults.ignorePings = stop;
	}

	/**
	 * Leaves queries of that name (`xmlns/type/child`; for usync also `usync/get/usync/PROTOCOL`)
	 * unanswered, all of them or the next few; returns a function that ends this.
	 */
	leaveUnanswered(name: string, times = Infinity): () => void {
		this.context.faults.ignoredQueries.set(name, times);
		return () => this.ignoreQuery(name, false);
	}

	/** While true, queries of that name stay unanswered; see `leaveUnanswered`. */
	ignoreQuery(name: string, ignore: boolean): void {
		const { ignoredQueries } = this.context.faults;
		if (ignore) ignoredQueries.set(name, Infinity);
		else ignoredQueries.delete(name);
	}

	/** Requests for pairing codes get that error, until called with undefined. */
	refusePairingCodes(error: { code: number; text: string } | undefined): void {
		this.context.faults.refusePairingCodes = error;
	}

	/** From now on accounts are linked only after their passkey has answered a challenge. */
	requirePasskey(rule: Partial<PasskeyRule> = {}): void {
		this.context.faults.passkey = { hasOptions: true, timeoutMs: 600_000, ...rule };
	}

	/** While true, everything a client says to be linked is taken, and it never is. */
	neverLink(never: boolean): void {
		this.context.faults.neverLinks = never;
	}

	/**
	 * How often the same group query (`xmlns/type/child` and group) is answered; further ones get
	 * `rate-overlimit`. Setting it starts the count anew; undefined ends the limit.
	 */
	get groupQueryLimit(): number | undefined {
		return this.context.faults.groupQueries.limit;
	}

	set groupQueryLimit(limit: number | undefined) {
		this.context.faults.groupQueries = { limit, seen: {} };
	}
}
