import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import { S_WHATSAPP_NET } from '@whiskeysockets/baileys';
import { ApiError } from '../ApiError';
import type { Clock } from '../Clock';
import type { Credentials } from './Credentials';
import { BROWSER } from './openSocket';
import { requestPairingCode } from './pairingCode';
import { QrRotation } from './QrRotation';

/** How long a pairing code can be typed in. */
const PAIRING_CODE_MS = 180_000;

export interface LinkingOptions {
	sock: WASocket;
	credentials: Credentials;
	clock: Clock;
	/** A QR code to show, valid until (Unix ms). */
	onCode: (qr: string, expiresAt: number) => void;
	/** No phone has taken a code while there was one. */
	onExpired: () => void;
}

/** How a phone links on one connection: by the QR codes it shows, or by a code that is typed in. */
export class Linking {
	private readonly qrCodes: QrRotation;
	/** WhatsApp has said that it waits for a phone, or that it knows one. */
	private readonly ready = Promise.withResolvers<undefined>();
	private pairing: Promise<string> | undefined;
	private isPairingAnswered = false;

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
		this.ready.promise.catch(() => undefined);
		sock.ws.removeAllListeners('CB:iq,type:set,pair-device');
		sock.ws.on('CB:iq,type:set,pair-device', (stanza: BinaryNode) => this.begin(stanza));
	}

	/** Resolves with the code when WhatsApp has accepted the request; one at a time. */
	requestPairingCode(phone: string): Promise<string> {
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
		if (type === 'link_code_companion_reg') this.isPairingAnswered = true;
		if (type !== 'companion_reg_refresh' || !id || !from) return false;
		const { sock, credentials } = this.options;
		// Once the phone has answered a pairing code the secret comes from that exchange.
		if (!credentials.isLinked && !this.isPairingAnswered) this.qrCodes.refreshSecret();
		// Baileys cannot acknowledge anything before it knows its own JID.
		await sock.sendNode({ tag: 'ack', attrs: { id, to: from, class: 'notification', type } });
		return true;
	}

	/** A phone has accepted this device. */
	linked(): void {
		this.qrCodes.stop();
	}

	/** The connection is open: there is nothing to link. */
	opened(): void {
		this.ready.resolve(undefined);
	}

	/** The connection has ended. */
	ended(): void {
		this.qrCodes.stop();
		this.ready.reject(new Error('The connection has ended.'));
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
		const { credentials, clock, onExpired } = this.options;
		if (credentials.value.pairingCode) clock.setTimer(onExpired, PAIRING_CODE_MS);
		else onExpired();
	}
}
