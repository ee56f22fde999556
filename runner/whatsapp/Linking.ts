import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import { S_WHATSAPP_NET } from '@whiskeysockets/baileys';
import { ApiError } from '../ApiError';
import type { Clock, Timer } from '../Clock';
import { LINKING_STALLED, PASSKEY_REQUIRED, QR_EXPIRED } from './closeReason';
import type { Credentials } from './Credentials';
import { BROWSER } from './openSocket';
import { requestPairingCode } from './pairingCode';
import { PasskeyExchange } from './passkey/PasskeyExchange';
import { QrRotation } from './QrRotation';

/** How long a pairing code can be typed in. */
const PAIRING_CODE_MS = 180_000;
/** How long WhatsApp may take to link once everything is said; it can stay silent for ever. */
const FINISH_MS = 60_000;

export interface LinkingOptions {
	sock: WASocket;
	credentials: Credentials;
	clock: Clock;
	/** A QR code to show, valid until (Unix ms). */
	onCode: (qr: string, expiresAt: number) => void;
	/** WhatsApp asks for the account's passkey; see PasskeyExchange. */
	onPasskey: () => void;
	/** This attempt has come to nothing. `reason` is one of the words in `closeReason`. */
	onFailed: (reason: string) => void;
}

/** How a phone links on one connection: by the QR codes it shows, or by a code that is typed in. */
export class Linking {
	/** The exchange for accounts with a passkey. */
	readonly passkey: PasskeyExchange;
	private readonly qrCodes: QrRotation;
	/** WhatsApp has said that it waits for a phone, or that it knows one. */
	private readonly ready = Promise.withResolvers<undefined>();
	private pairing: Promise<string> | undefined;
	private isPairingAnswered = false;
	private finishTimer: Timer | undefined;

	constructor(private readonly options: LinkingOptions) {
		const { sock, credentials, clock, onCode } = options;
		this.qrCodes = new QrRotation({
			creds: credentials.value,
			browser: BROWSER,
			clock,
			onCode: (qr, expiresAt) => {
				this.ready.resolve(undefined);
				onCode(qr, expiresAt);
			},
			onExpired: () => this.codesExpired(),
		});
		this.passkey = new PasskeyExchange({
			sock,
			creds: credentials.value,
			browser: BROWSER,
			clock,
			onAsked: () => {
				this.qrCodes.stop();
				this.finishTimer?.cancel();
				options.onPasskey();
			},
			onFinished: () => this.expectLink(),
			onExpired: () => options.onFailed(PASSKEY_REQUIRED),
		});
		this.ready.promise.catch(() => undefined);
		sock.ws.removeAllListeners('CB:iq,type:set,pair-device');
		sock.ws.on('CB:iq,type:set,pair-device', (stanza: BinaryNode) => this.begin(stanza));
	}

	/** Resolves with the code when WhatsApp has accepted the request; one at a time. */
	requestPairingCode(phone: string): Promise<string> {
		this.finishTimer?.cancel();
		const before: Promise<unknown> = this.pairing?.catch(() => undefined) ?? this.ready.promise;
		const pairing = before.then(
			() => requestPairingCode(this.options.sock, BROWSER, phone),
			() => {
				throw new ApiError('engine_down', 'WhatsApp cannot be reached at the moment; try again.');
			},
		);
		this.pairing = pairing;
		return pairing;
	}

	/** Takes what WhatsApp says about a linking under way; false when it is about something else. */
	async takeNotification(node: BinaryNode): Promise<boolean> {
		const { type, id, from } = node.attrs;
		const { sock, credentials } = this.options;
		if (type === 'link_code_companion_reg') {
			this.isPairingAnswered = true;
			if (!credentials.isLinked) this.expectLink();
		}
		if (!id || !from || !type) return false;
		if (type === 'companion_reg_refresh') {
			// Once the phone has answered a pairing code the secret comes from that exchange.
			if (!credentials.isLinked && !this.isPairingAnswered) this.qrCodes.refreshSecret();
		} else if (credentials.isLinked || !this.passkey.takes(node)) return false;
		// Baileys cannot acknowledge anything before it knows its own JID.
		await sock.sendNode({ tag: 'ack', attrs: { id, to: from, class: 'notification', type } });
		return true;
	}

	/** A phone has accepted this device. */
	linked(): void {
		this.stop();
	}

	/** The connection is open: there is nothing to link. */
	opened(): void {
		this.ready.resolve(undefined);
	}

	/** The connection has ended. */
	ended(): void {
		this.stop();
		this.ready.reject(new Error('The connection has ended.'));
	}

	private stop(): void {
		this.qrCodes.stop();
		this.passkey.stop();
		this.finishTimer?.cancel();
	}

	/** All is said on this side: without WhatsApp's word the attempt ends, instead of waiting in silence. */
	private expectLink(): void {
		this.finishTimer?.cancel();
		this.finishTimer = this.options.clock.setTimer(
			() => this.options.onFailed(LINKING_STALLED),
			FINISH_MS,
		);
	}

	private begin(pairDevice: BinaryNode): void {
		const { id } = pairDevice.attrs;
		if (!id) return;
		this.options.sock
			.sendNode({ tag: 'iq', attrs: { to: S_WHATSAPP_NET, type: 'result', id } })
			.catch(() => undefined);
		this.qrCodes.start(pairDevice);
	}

	private codesExpired(): void {
		const { credentials, clock, onFailed } = this.options;
		const fail = () => onFailed(QR_EXPIRED);
		if (credentials.value.pairingCode) clock.setTimer(fail, PAIRING_CODE_MS);
		else fail();
	}
}
