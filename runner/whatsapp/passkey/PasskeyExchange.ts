import { randomBytes } from 'node:crypto';
import {
	getBinaryNodeChild,
	getCompanionPlatformId,
	S_WHATSAPP_NET,
	type AuthenticationCreds,
	type BinaryNode,
	type WABrowserDescription,
	type WASocket,
} from '@whiskeysockets/baileys';
import type { PasskeyAssertion, PasskeyOptions, PasskeyStage } from '../../../contract';
import { ApiError } from '../../ApiError';
import type { Clock, Timer } from '../../Clock';
import { isConnectionEnd } from '../closeReason';
import { isServer } from '../isServer';
import {
	createCompanionIdentity,
	readPrimaryIdentity,
	sealPairingRequest,
	toHandoffProof,
	toPrologue,
	toVerificationCode,
	type CompanionIdentity,
	type PrimaryIdentity,
} from './exchange';
import { assertAnswersChallenge, readPasskeyOptions } from './passkeyOptions';

/** WhatsApp takes the proof of the scanned code for so long. */
const HANDOFF_MS = 5 * 60_000;
/** How long a challenge can be answered when it does not say so itself. */
const DEFAULT_TIMEOUT_MS = 10 * 60_000;
/** How long an answered challenge waits for the phone before the caller is told where it stands. */
const PHONE_TIMEOUT_MS = 20_000;

export interface PasskeyExchangeOptions {
	sock: WASocket;
	creds: AuthenticationCreds;
	browser: WABrowserDescription;
	clock: Clock;
	/** WhatsApp asks for the passkey: QR codes shown so far are worth nothing any more. */
	onAsked: () => void;
	/** Everything is said: WhatsApp has to link now. */
	onFinished: () => void;
	/** Nobody has answered in time. */
	onExpired: () => void;
}

/** Where an exchange stands. `expiresAt`: Unix milliseconds. */
export interface PasskeyStatus {
	stage: PasskeyStage;
	options: PasskeyOptions;
	code: string | null;
	expiresAt: number;
}

/** What the API can ask of an exchange. */
export type PasskeyPort = Pick<PasskeyExchange, 'read' | 'answer' | 'confirm'>;

/**
 * The exchange by which WhatsApp links a device to an account with a passkey:
 *
 *   challenge ──answer──▶ answered ──phone──▶ confirm ──confirm──▶ finishing ──▶ (pair-success)
 *                                        └──── proof of the scan ────▲
 *
 * The challenge is for whatsapp.com, so that only a browser on web.whatsapp.com can answer it.
 */
export class PasskeyExchange {
	private status: PasskeyStatus | undefined;
	private scannedSecret: { value: Uint8Array; validUntil: number } | undefined;
	private companion: CompanionIdentity | undefined;
	private primary: PrimaryIdentity | undefined;
	private hasProof = false;
	/** What was said last, also when WhatsApp has linked the device meanwhile. */
	private finished: PasskeyStatus | undefined;
	private timer: Timer | undefined;
	private phoneAnswered = Promise.withResolvers<undefined>();

	constructor(private readonly options: PasskeyExchangeOptions) {}

	/** Where the exchange stands; undefined when WhatsApp has not asked, or it is over. */
	get current(): PasskeyStatus | undefined {
		return this.status;
	}

	/** Where it stands. Throws ApiError `passkey_not_asked`. */
	read(): PasskeyStatus {
		if (!this.status) throw new ApiError('passkey_not_asked');
		return this.status;
	}

	/** Takes what WhatsApp's server says about the exchange; false when it is about something else. */
	takes(node: BinaryNode): boolean {
		const { type, from } = node.attrs;
		if (type !== 'passkey_prologue_request' && type !== 'crsc_continuation') return false;
		// Only the server may ask: the secret is replaced at its word.
		if (!isServer(from)) return true;
		const work = type === 'crsc_continuation' ? this.goOn(node) : this.begin(node);
		// The connection has ended; the next attempt begins anew.
		work.catch(() => undefined);
		return true;
	}

	/**
	 * Sends the browser's answer to the challenge, and waits a while for the phone.
	 * Throws ApiError `passkey_not_asked`, `passkey_invalid`, `passkey_refused`, `engine_down`.
	 */
	async answer(assertion: PasskeyAssertion): Promise<PasskeyStatus> {
		const status = this.require('challenge');
		assertAnswersChallenge(assertion, status.options);
		const { browser, clock } = this.options;
		const { ref } = await this.ask('get', { tag: 'ref', attrs: {} });
		if (ref === undefined) throw new ApiError('passkey_refused');
		const companion = createCompanionIdentity(ref, Number(getCompanionPlatformId(browser)));
		const prologue = toPrologue(companion);
		const secret = this.scannedSecret;
		this.finished = undefined;
		this.hasProof = secret !== undefined && secret.validUntil > clock.now();
		this.companion = companion;
		this.phoneAnswered = Promise.withResolvers<undefined>();
		await this.ask('set', {
			tag: 'passkey_prologue',
			attrs: {},
			content: [
				leaf('credential_id', Buffer.from(assertion.rawId, 'base64url')),
				leaf('webauthn_assertion', Buffer.from(JSON.stringify(assertion))),
				leaf('prologue_payload', prologue),
				...(this.hasProof && secret
					? [leaf('pairing_handoff_proof', toHandoffProof(secret.value, prologue))]
					: []),
			],
		});
		this.scannedSecret = undefined;
		if (this.status === status) this.status = { ...status, stage: 'answered' };
		const patience = Promise.withResolvers<undefined>();
		const timer = clock.setTimer(() => patience.resolve(undefined), PHONE_TIMEOUT_MS);
		await Promise.race([this.phoneAnswered.promise, patience.promise]);
		timer.cancel();
		const now = this.status ?? this.finished;
		if (now) return now;
		throw new ApiError('engine_down', 'The connection to WhatsApp has ended; begin linking again.');
	}

	/** Says that the phone shows the same code. Throws like `answer`. */
	async confirm(): Promise<PasskeyStatus> {
		this.require('confirm');
		return await this.finish();
	}

	/** The device is linked, or the connection has ended. */
	stop(): void {
		this.timer?.cancel();
		this.status = undefined;
		this.phoneAnswered.resolve(undefined);
	}

	private async begin(node: BinaryNode): Promise<void> {
		const { creds, clock, onAsked, onExpired } = this.options;
		const options =
			readPasskeyOptions(bytesOf(node, 'passkey_request_options')) ?? (await this.fetchOptions());
		const now = clock.now();
		this.scannedSecret = {
			value: Buffer.from(creds.advSecretKey, 'base64'),
			validUntil: now + HANDOFF_MS,
		};
		creds.advSecretKey = randomBytes(32).toString('base64');
		const timeoutMs = options.timeout ?? DEFAULT_TIMEOUT_MS;
		this.status = { stage: 'challenge', options, code: null, expiresAt: now + timeoutMs };
		this.timer?.cancel();
		this.timer = clock.setTimer(onExpired, timeoutMs);
		onAsked();
	}

	/** WhatsApp may leave the challenge out, and give it when asked. */
	private async fetchOptions(): Promise<PasskeyOptions> {
		const { passkey_request_options: text } = await this.ask('get', {
			tag: 'passkey_request_options',
			attrs: {},
		});
		return readPasskeyOptions(text === undefined ? undefined : Buffer.from(text)) ?? {};
	}

	/** The phone has taken the answer and shows who it is in this exchange. */
	private async goOn(node: BinaryNode): Promise<void> {
		const primary = readPrimaryIdentity(bytesOf(node, 'primary_ephemeral_identity'));
		const { companion, status } = this;
		if (!primary || !companion || !status) return;
		await this.ask('set', leaf('companion_nonce', companion.nonce));
		this.primary = primary;
		this.status = { ...status, stage: 'confirm', code: toVerificationCode(companion, primary) };
		if (this.hasProof) await this.finish();
		this.phoneAnswered.resolve(undefined);
	}

	private async finish(): Promise<PasskeyStatus> {
		const { companion, primary, status } = this;
		if (!companion || !primary || !status) throw new ApiError('passkey_not_asked');
		const request = sealPairingRequest(this.options.creds, companion, primary);
		// WhatsApp links the device before it answers, or as good as.
		const finishing: PasskeyStatus = (this.finished = { ...status, stage: 'finishing' });
		await this.ask('set', leaf('encrypted_pairing_request', request));
		if (this.status === status) {
			this.status = finishing;
			this.options.onFinished();
		}
		return finishing;
	}

	private require(stage: PasskeyStage): PasskeyStatus {
		const status = this.read();
		if (status.stage === stage) return status;
		throw new ApiError(
			'passkey_not_asked',
			`The exchange stands at “${status.stage}”: GET /api/instance/passkey shows what is wanted now.`,
		);
	}

	/** Asks WhatsApp's server; gives the texts of the children of its answer by their tags. */
	private async ask(
		type: 'get' | 'set',
		child: BinaryNode,
	): Promise<Partial<Record<string, string>>> {
		const { sock } = this.options;
		try {
			const answer = (await sock.query({
				tag: 'iq',
				attrs: { to: S_WHATSAPP_NET, type, id: sock.generateMessageTag(), xmlns: 'md' },
				content: [child],
			})) as BinaryNode | undefined;
			const children = Array.isArray(answer?.content) ? answer.content : [];
			return Object.fromEntries(
				children.map(({ tag, content }) => [
					tag,
					Array.isArray(content) ? undefined : Buffer.from(content ?? '').toString(),
				]),
			);
		} catch (error) {
			if (!isConnectionEnd(error)) throw new ApiError('passkey_refused');
			throw new ApiError('engine_down', 'WhatsApp cannot be reached at the moment; try again.');
		}
	}
}

function leaf(tag: string, content: Uint8Array): BinaryNode {
	return { tag, attrs: {}, content };
}

function bytesOf(node: BinaryNode, tag: string): Uint8Array | undefined {
	const content = getBinaryNodeChild(node, tag)?.content;
	return content === undefined || Array.isArray(content) ? undefined : Buffer.from(content);
}
