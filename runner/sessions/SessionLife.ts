import type { Logger } from 'pino';
import type { InstanceState } from '../../contract';
import type { Clock } from '../Clock';
import type { MessageJournal } from '../messages/MessageJournal';
import type { Database } from '../storage/Database';
import type { Statement } from '../storage/Statement';
import { ConnectionReporter } from './ConnectionReporter';
import type { SessionStatus } from './SessionPort';
import { SessionRepository } from './SessionRepository';
import { nextState, type SessionEvent } from './sessionState';

interface SessionLifeOptions {
	instanceId: string;
	database: Database;
	clock: Clock;
	logger: Logger;
	/** Makes the events for receivers. */
	journal: Pick<MessageJournal, 'connectionChanged'>;
}

/** What a session is in, what its receivers were told of it, and the rows that remember both. */
export class SessionLife {
	private readonly repository: SessionRepository;
	private readonly reporter: ConnectionReporter;
	private current: SessionStatus;

	constructor(private readonly options: SessionLifeOptions) {
		const { database, clock, instanceId } = options;
		this.repository = new SessionRepository(database);
		const stored = this.repository.read(instanceId);
		this.current = stored ?? {
			state: 'unlinked',
			since: clock.now(),
			number: null,
			pushName: null,
			lastError: null,
		};
		this.reporter = new ConnectionReporter({
			clock,
			isReportedConnected: stored?.isReportedConnected ?? false,
			report: (isConnected, reason) => this.report(isConnected, reason),
		});
	}

	get state(): InstanceState {
		return this.current.state;
	}

	status(): SessionStatus {
		const { state, since, number, pushName, lastError } = this.current;
		return { state, since, number, pushName, lastError };
	}

	/** Follows an event. `lastError` stays as it is unless it is given. */
	enter(event: SessionEvent, lastError: string | null = this.current.lastError): void {
		this.moveTo(nextState(this.current.state, event), lastError);
	}

	/** Puts a state right that was stored before the phone was linked or unlinked. */
	begin(isLinked: boolean): void {
		this.enter('connect');
		this.moveTo(isLinked ? 'reconnecting' : 'linking', this.current.lastError);
	}

	opened(number: string | null, pushName: string | null): void {
		this.current = { ...this.current, number, pushName };
		this.enter('opened', null);
		this.reporter.connected();
	}

	/** The connection has ended and is tried again: receivers hear of it when it stays away. */
	lost(reason: string): void {
		this.enter('lost', reason);
		this.reporter.lost();
	}

	/** It has ended for good, and receivers hear it at once. `word` is stable, `text` is for people. */
	ended(event: SessionEvent, word: string, text: string | null): void {
		this.reporter.gone(word);
		this.enter(event, text);
	}

	/** There is no account any more. */
	forgetAccount(): void {
		this.current = { ...this.current, number: null, pushName: null };
	}

	/** The runner stops: nothing is told any more. */
	stop(): void {
		this.reporter.cancel();
	}

	private moveTo(state: InstanceState, lastError: string | null): void {
		const { database, clock } = this.options;
		const since = state === this.current.state ? this.current.since : clock.now();
		this.current = { ...this.current, state, since, lastError };
		database.writeLazily([this.toStatement()], (error) => this.storageFailed(error));
	}

	private report(isConnected: boolean, reason: string | null): void {
		const { journal, database } = this.options;
		const { statements, announce } = journal.connectionChanged(isConnected, reason);
		database.write([...statements, this.toStatement()]).then(
			() => announce?.(),
			(error: Error) => this.storageFailed(error),
		);
	}

	private toStatement(): Statement {
		const { isReportedConnected } = this.reporter;
		return this.repository.update(this.options.instanceId, {
			...this.current,
			isReportedConnected,
		});
	}

	private storageFailed(error: Error): void {
		const { logger, instanceId } = this.options;
		logger.error({ instance: instanceId, err: error }, 'state not stored');
	}
}
