import { ApiError } from '../../../runner/ApiError';
import type {
	LiveQrCode,
	SendOutcome,
	SendTextCommand,
	SessionPort,
	SessionsPort,
	SessionStatus,
} from '../../../runner/sessions/SessionPort';

/** A session that does what the test tells it, and remembers what it was asked. */
export class FakeSession implements SessionPort {
	readonly commands: SendTextCommand[] = [];
	readonly pairingNumbers: string[] = [];
	readonly qrWaits: Array<{ timeoutMs: number; signal?: AbortSignal }> = [];
	state: SessionStatus = {
		state: 'connected',
		since: 1_700_000_000_000,
		number: '15550001111',
		pushName: 'Tester',
		lastError: null,
	};
	/** Replaced by tests that want another outcome. */
	send: (command: SendTextCommand) => Promise<SendOutcome> = async () => ({
		messageId: `3EB0${this.commands.length}`,
		state: 'sent',
	});
	qr: (options: { timeoutMs: number; signal?: AbortSignal }) => Promise<LiveQrCode> = async () => ({
		qr: '2@ref,key,identity,secret',
		expiresAt: 1_700_000_020_000,
	});

	constructor(readonly instanceId: string) {}

	status(): SessionStatus {
		return this.state;
	}

	async connect(): Promise<void> {
		this.state = { ...this.state, state: 'linking' };
	}

	async waitForQr(options: { timeoutMs: number; signal?: AbortSignal }): Promise<LiveQrCode> {
		this.qrWaits.push(options);
		if (this.state.state === 'connected') throw new ApiError('instance_already_linked');
		return this.qr(options);
	}

	async requestPairingCode(phone: string): Promise<string> {
		this.pairingNumbers.push(phone);
		return 'ABCD1234';
	}

	async restart(): Promise<void> {
		this.state = { ...this.state, state: 'reconnecting' };
	}

	async logout(): Promise<void> {
		this.state = { ...this.state, state: 'unlinked', number: null, pushName: null };
	}

	async sendText(command: SendTextCommand): Promise<SendOutcome> {
		this.commands.push(command);
		return this.send(command);
	}
}

/** Sessions by instance id, as the registry keeps them. */
export class FakeSessions implements SessionsPort {
	readonly sessions = new Map<string, FakeSession>();
	readonly removed: string[] = [];

	get(instanceId: string): FakeSession | undefined {
		return this.sessions.get(instanceId);
	}

	add(instanceId: string): FakeSession {
		const session = new FakeSession(instanceId);
		this.sessions.set(instanceId, session);
		return session;
	}

	async remove(instanceId: string): Promise<void> {
		this.removed.push(instanceId);
		this.sessions.delete(instanceId);
	}
}
