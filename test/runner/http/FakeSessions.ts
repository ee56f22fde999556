import type { PasskeyAssertion } from '../../../contract';
import { ApiError } from '../../../runner/ApiError';
import type { MediaFile } from '../../../runner/media/MediaFile';
import type { Draft } from '../../../runner/messages/Draft';
import type {
	LiveQrCode,
	SendCommand,
	SendOutcome,
	SessionPort,
	SessionsPort,
	SessionStatus,
} from '../../../runner/sessions/SessionPort';
import type { PasskeyPort, PasskeyStatus } from '../../../runner/whatsapp/passkey/PasskeyExchange';
import { FakeGroups, FakePeople, FakeProfile } from './FakePeople';

/** A session that does what the test tells it, and remembers what it was asked. */
export class FakeSession implements SessionPort {
	readonly commands: SendCommand[] = [];
	/** What the commands were made into, in order. */
	readonly drafts: Draft[] = [];
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
	answer: (command: SendCommand) => Promise<SendOutcome> = async ({ jid }) => ({
		messageId: `3EB0${this.commands.length}`,
		jid,
		state: 'sent',
		waitedMs: 0,
	});
	qr: (options: { timeoutMs: number; signal?: AbortSignal }) => Promise<LiveQrCode> = async () => ({
		qr: '2@ref,key,identity,secret',
		expiresAt: 1_700_000_020_000,
	});

	/** Files by hash; others are gone. */
	readonly files = new Map<string, MediaFile>();
	readonly people = new FakePeople();
	readonly groups = new FakeGroups();
	readonly profile = new FakeProfile();

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

	/** What WhatsApp asks the passkey for; undefined while it does not. */
	challenge: PasskeyStatus | undefined;
	readonly assertions: PasskeyAssertion[] = [];

	readonly passkey: PasskeyPort = {
		read: () => {
			if (!this.challenge) throw new ApiError('passkey_not_asked');
			return this.challenge;
		},
		answer: async (assertion) => {
			this.assertions.push(assertion);
			return { ...this.passkey.read(), stage: 'confirm', code: 'ABCD-1234' };
		},
		confirm: async () => ({ ...this.passkey.read(), stage: 'finishing', code: 'ABCD-1234' }),
	};

	async restart(): Promise<void> {
		this.state = { ...this.state, state: 'reconnecting' };
	}

	/** How often its connection was to be made anew. */
	renewals = 0;

	async renewConnection(): Promise<void> {
		this.renewals++;
	}

	async logout(): Promise<void> {
		this.state = { ...this.state, state: 'unlinked', number: null, pushName: null };
	}

	async send(command: SendCommand): Promise<SendOutcome> {
		const draft = await command.draft();
		this.commands.push(command);
		this.drafts.push(draft);
		return this.answer(command);
	}

	/** Ids of calls that ring; others are not known. */
	readonly ringing = new Set<string>();

	async rejectCall(callId: string): Promise<void> {
		if (!this.ringing.delete(callId)) throw new ApiError('call_not_found');
	}

	async fetchFile(sha256: string): Promise<MediaFile> {
		const file = this.files.get(sha256);
		if (!file) throw new ApiError('media_gone');
		return file;
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
