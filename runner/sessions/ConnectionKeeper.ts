import type { Logger } from 'pino';
import { ApiError } from '../ApiError';
import type { Clock, Timer } from '../Clock';
import { LINKING_FAILURES, PASSKEY_REQUIRED, type CloseReason } from '../whatsapp/closeReason';
import type { Connection } from '../whatsapp/Connection';
import type { ConnectionListener } from '../whatsapp/ConnectionListener';
import { reconnectDelay } from './reconnectDelay';
import { SerialQueue } from './SerialQueue';
import type { SessionLife } from './SessionLife';

/** An open connection that has held so long counts as a success: the next pause starts small again. */
const STABLE_MS = 30_000;
/** So often a session takes itself back from another process before it gives way. */
const MAX_REPLACED = 3;
/** Linking that nobody has asked about for so long is given up. */
const LINKING_INTEREST_MS = 180_000;
/** How long logging out tries to reach WhatsApp, which would else keep the device on its list. */
const FAREWELL_MS = 10_000;

export type WhatsAppVersion = [number, number, number];

/** What the keeper tells of the connection it holds; of older ones nothing is heard any more. */
export type LifeListener = Pick<
	ConnectionListener,
	'onQrCode' | 'onPasskey' | 'onLinked' | 'onOpen' | 'onClose'
>;

export interface ConnectionKeeperOptions {
	instanceId: string;
	life: SessionLife;
	clock: Clock;
	logger: Logger;
	/** Makes a connection that reports to the listener. Throws when the stored state cannot be used. */
	open: (listener: LifeListener, version: WhatsAppVersion | undefined) => Connection;
	isLinked: () => boolean;
	/** A newer version of WhatsApp Web, after WhatsApp has refused this one. */
	refreshVersion: () => Promise<WhatsAppVersion | undefined>;
	countClosed: (code: number) => void;
	onQrCode: (qr: string, expiresAt: number) => void;
	/** Codes shown so far no longer link; `reason` is given when no further ones will come. */
	onCodesVoid: (reason?: ApiError) => void;
	onOpened: (connection: Connection) => void;
	/** It has ended, and everything it received is on disk. */
	onEnded: () => Promise<void>;
	/** The phone has removed this device. */
	onRemoved: () => Promise<void>;
}

/**
 * Keeps one connection of a session going, by the close-code table, until it is told otherwise. What
 * is asked of it and what happens to the connection is dealt with one at a time, so that there are
 * never two connections, nor one that nobody wants.
 */
export class ConnectionKeeper {
	private readonly serial = new SerialQueue();
	private current: Connection | undefined;
	private retryTimer: Timer | undefined;
	private stableTimer: Timer | undefined;
	private isStopped = false;
	private hasJustLinked = false;
	private isStable = false;
	private attempts = 0;
	private replacedCount = 0;
	private lastInterestAt = 0;
	private version: WhatsAppVersion | undefined;
	private hasRefreshedVersion = false;

	constructor(private readonly options: ConnectionKeeperOptions) {}

	/** The connection, open or on its way. */
	get connection(): Connection | undefined {
		return this.current;
	}

	/** Sees to it that there is a connection or will be one. Throws `engine_down`, `runner_stopping`. */
	connect(): Promise<void> {
		return this.serial.run(() => this.begin());
	}

	/** Ends the connection and begins another. */
	restart(): Promise<void> {
		return this.serial.run(async () => {
			await this.leave((connection) => connection.close());
			this.begin();
		});
	}

	/** As `restart`, where there is a connection or will be one; never throws: its state says what became of it. */
	renew(): Promise<void> {
		return this.serial.run(async () => {
			if (!this.current && !this.retryTimer) return;
			await this.leave((connection) => connection.close());
			this.options.life.begin(this.options.isLinked());
			this.open();
		});
	}

	/** Tells WhatsApp that the device is gone, ends the connection, then does what follows from it. */
	logOut(afterwards: () => Promise<void>): Promise<void> {
		return this.serial.run(async () => {
			if (!(await this.sayFarewell())) await this.sayFarewell();
			await afterwards();
		});
	}

	/** Ends the connection for good; nothing is opened afterwards. */
	stop(): Promise<void> {
		this.isStopped = true;
		return this.serial.run(() => this.leave((connection) => connection.close()));
	}

	private begin(): void {
		const { life, clock, isLinked } = this.options;
		if (this.isStopped) throw new ApiError('runner_stopping');
		this.lastInterestAt = clock.now();
		if (this.current || this.retryTimer) return;
		life.begin(isLinked());
		this.open();
		if (!this.current) throw new ApiError('engine_down', life.status().lastError ?? undefined);
	}

	/** Never throws: an instance that cannot be used stays down and says why, the others go on. */
	private open(): void {
		if (this.isStopped) return;
		const { options } = this;
		const isCurrent = () => this.current === connection;
		const listener: LifeListener = {
			onQrCode: (qr, expiresAt) => {
				if (isCurrent()) options.onQrCode(qr, expiresAt);
			},
			onPasskey: () => {
				if (!isCurrent()) return;
				options.logger.warn({ instance: options.instanceId }, LINKING_FAILURES[PASSKEY_REQUIRED]);
				options.onCodesVoid(new ApiError('passkey_required'));
				options.life.enter('passkeyAsked', LINKING_FAILURES[PASSKEY_REQUIRED]);
			},
			onLinked: () => {
				if (!isCurrent()) return;
				this.hasJustLinked = true;
				options.onCodesVoid(new ApiError('instance_already_linked'));
				options.life.enter('linked', null);
			},
			onOpen: ({ number, pushName }) => {
				if (isCurrent()) this.opened(number, pushName);
			},
			onClose: (reason, storageError) => {
				void this.serial.run(() => (isCurrent() ? this.ended(reason, storageError) : undefined));
			},
		};
		let connection: Connection | undefined;
		try {
			connection = options.open(listener, this.version);
			this.current = connection;
		} catch (error) {
			const text = error instanceof Error ? error.message : 'unknown error';
			options.logger.error({ instance: options.instanceId }, 'instance kept down');
			options.life.ended('gaveUp', 'engine_down', text);
		}
	}

	private opened(number: string | null, pushName: string | null): void {
		const { clock, life, onOpened } = this.options;
		this.stableTimer = clock.setTimer(() => {
			this.isStable = true;
			this.attempts = 0;
			this.replacedCount = 0;
			this.hasRefreshedVersion = false;
		}, STABLE_MS);
		life.opened(number, pushName);
		if (this.current) onOpened(this.current);
	}

	private async ended(reason: CloseReason, storageError: Error | undefined): Promise<void> {
		const { logger, instanceId, countClosed } = this.options;
		countClosed(reason.code);
		logger.info({ instance: instanceId, code: reason.code, kind: reason.kind }, reason.text);
		await this.forgetConnection();
		if (this.isStopped) return;
		try {
			await this.react(reason, storageError?.message ?? reason.text);
		} catch (error) {
			// The database failed while it was being told: the next attempt starts from what it says.
			logger.error({ instance: instanceId, err: error }, 'the end of a connection was not stored');
			this.retry('the end of a connection could not be stored');
		}
	}

	/** What the close-code table asks for. */
	private async react({ kind }: CloseReason, text: string): Promise<void> {
		const { life, isLinked, onCodesVoid, onRemoved } = this.options;
		const { hasJustLinked, isStable } = this;
		this.hasJustLinked = false;
		this.isStable = false;
		switch (kind) {
			case 'restart':
				// A server that asks for it again and again must not be answered in a tight loop.
				return hasJustLinked || isStable ? this.open() : this.retry(text);
			case 'retry':
				return this.retry(text);
			case 'replaced':
				if (++this.replacedCount <= MAX_REPLACED) return this.retry(text);
				return life.ended(
					'gaveUp',
					'replaced',
					`Stopped: ${text}. Stop the other process, then restart this instance.`,
				);
			case 'outdated':
				return await this.refreshVersion(text);
			case 'linkingFailed':
				onCodesVoid(new ApiError('qr_not_ready'));
				return life.enter('linkingFailed', text);
			case 'blocked':
				return life.ended('banned', 'blocked', text);
			case 'loggedOut':
				// With a pairing code WhatsApp knows the number before there is anything to log out of.
				if (!isLinked()) return this.retry(text);
				await onRemoved();
				return life.ended('removedOnPhone', 'logged_out', text);
		}
	}

	private retry(text: string): void {
		const { clock, life, isLinked, onCodesVoid } = this.options;
		life.lost(text);
		if (!isLinked() && clock.now() - this.lastInterestAt > LINKING_INTEREST_MS) {
			onCodesVoid(new ApiError('qr_not_ready'));
			return life.enter('linkingFailed', text);
		}
		this.retryTimer = clock.setTimer(() => {
			void this.serial.run(() => {
				if (!this.retryTimer) return;
				this.retryTimer = undefined;
				this.open();
			});
		}, reconnectDelay(this.attempts++));
	}

	private async refreshVersion(text: string): Promise<void> {
		if (this.hasRefreshedVersion) {
			return this.options.life.ended(
				'gaveUp',
				'outdated',
				`Stopped: ${text}. Update this package.`,
			);
		}
		this.hasRefreshedVersion = true;
		this.version = await this.options.refreshVersion();
		this.retry(text);
	}

	/** A device that only goes quiet would stay on the phone's list. Whether WhatsApp has heard it. */
	private async sayFarewell(): Promise<boolean> {
		this.cancelRetry();
		if (this.options.isLinked()) {
			if (this.current?.isOver) await this.leave((connection) => connection.close());
			if (!this.current) this.open();
			await this.current?.whenOpen(FAREWELL_MS);
		}
		let isHeard = false;
		await this.leave(async (connection) => {
			isHeard = await connection.logOut();
		});
		return isHeard || !this.options.isLinked();
	}

	/** Ends whatever is under way, without the reactions to an end that nobody wanted. */
	private async leave(part: (connection: Connection) => Promise<void>): Promise<void> {
		this.cancelRetry();
		const { current } = this;
		if (!current) return;
		// From here on its end is nobody's business.
		this.current = undefined;
		await part(current);
		await this.forgetConnection();
		this.options.onCodesVoid(new ApiError('qr_not_ready'));
	}

	private async forgetConnection(): Promise<void> {
		this.current = undefined;
		this.stableTimer?.cancel();
		this.options.onCodesVoid();
		await this.options.onEnded();
	}

	private cancelRetry(): void {
		this.retryTimer?.cancel();
		this.retryTimer = undefined;
	}
}
