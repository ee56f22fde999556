import { randomBytes } from 'node:crypto';
import {
	buildPairingQRData,
	getBinaryNodeChild,
	getBinaryNodeChildren,
	type AuthenticationCreds,
	type BinaryNode,
	type WABrowserDescription,
} from '@whiskeysockets/baileys';
import type { Clock, Timer } from '../Clock';

/** How long WhatsApp lets the first code live, and each of the following. */
const FIRST_CODE_MS = 60_000;
const NEXT_CODE_MS = 20_000;

export interface QrRotationOptions {
	creds: AuthenticationCreds;
	browser: WABrowserDescription;
	clock: Clock;
	/** A code to show, valid until (Unix ms). */
	onCode: (qr: string, expiresAt: number) => void;
	/** The server's references are used up. */
	onExpired: () => void;
}

/**
 * Shows one QR code after another, in place of Baileys' own rotation, which keeps the secret it began
 * with. Since July 2026 WhatsApp asks for a new secret (`companion_reg_refresh`) while a code is
 * shown, and refuses to link with the old one; each code from then on must carry the new secret.
 */
export class QrRotation {
	private refs: string[] = [];
	private current: { ref: string; expiresAt: number } | undefined;
	private timer: Timer | undefined;

	constructor(private readonly options: QrRotationOptions) {}

	/** Begins with the references of a `pair-device` stanza. */
	start(pairDevice: BinaryNode): void {
		const refs = getBinaryNodeChildren(getBinaryNodeChild(pairDevice, 'pair-device'), 'ref');
		this.refs = refs.flatMap(({ content }) =>
			typeof content === 'string' || content instanceof Uint8Array
				? [Buffer.from(content as string).toString()]
				: [],
		);
		this.showNext(FIRST_CODE_MS);
	}

	/** Retires the secret of the codes shown so far; the same reference goes on with a new one. */
	refreshSecret(): void {
		this.options.creds.advSecretKey = randomBytes(32).toString('base64');
		if (this.current) this.show(this.current.ref, this.current.expiresAt);
	}

	stop(): void {
		this.timer?.cancel();
		this.current = undefined;
	}

	private showNext(lifetimeMs: number): void {
		const ref = this.refs.shift();
		if (ref === undefined) {
			this.current = undefined;
			this.options.onExpired();
			return;
		}
		const { clock } = this.options;
		this.show(ref, clock.now() + lifetimeMs);
		this.timer = clock.setTimer(() => this.showNext(NEXT_CODE_MS), lifetimeMs);
	}

	private show(ref: string, expiresAt: number): void {
		this.current = { ref, expiresAt };
		const { creds, browser } = this.options;
		const qr = buildPairingQRData(
			ref,
			Buffer.from(creds.noiseKey.public).toString('base64'),
			Buffer.from(creds.signedIdentityKey.public).toString('base64'),
			creds.advSecretKey,
			browser,
		);
		this.options.onCode(qr, expiresAt);
	}
}
