import { randomBytes } from 'node:crypto';
import type { BinaryNode, proto } from '@whiskeysockets/baileys';
import { DeviceKeys } from '../accounts/DeviceKeys';
import type { LinkedDevice } from '../accounts/LinkedDevice';
import type { Phone } from '../accounts/Phone';
import type { ConnectionRole, NodeSocket } from '../connection/NodeSocket';
import { isPing } from '../queries/isPing';
import { withTypeByte } from '../signal/libsignal';
import type { SimulatorContext } from '../SimulatorContext';
import { fromBigEndian, nowSeconds } from '../stanzas/bigEndian';
import {
	childOf,
	element,
	requireBytes,
	resultOf,
	SERVER_JID,
	textElement,
} from '../stanzas/element';
import { Notifier } from '../waiting/Notifier';
import { waitUntil } from '../waiting/waitUntil';
import { createDeviceIdentity, verifyDeviceSignature } from './deviceIdentity';
import { PairingCodeRequest } from './PairingCodeRequest';
import { PasskeyDemand } from './PasskeyDemand';
import { RegistrationRefreshes } from './RegistrationRefreshes';

const REFS_PER_CLIENT = 6;

/** How an unlinked client introduced itself. */
interface Registration {
	readonly payload: proto.ClientPayload;
	readonly clientStaticKey: Buffer;
}

/** A client that shows QR codes or asked for a pairing code, until it is linked. */
export class UnlinkedClient implements ConnectionRole {
	readonly refs = Array.from(
		{ length: REFS_PER_CLIENT },
		() => `2@${randomBytes(48).toString('base64')}`,
	);
	readonly noiseKey: Buffer;
	/** 32 bytes. */
	readonly identityKey: Buffer;
	readonly refreshes: RegistrationRefreshes;
	/** What it wants a pairing code for. */
	codeRequest: PairingCodeRequest | undefined;
	/** What it has to answer before its account is linked. */
	passkey: PasskeyDemand | undefined;
	/** Notified at every answer, and when the connection ends. */
	readonly changed = new Notifier();
	private readonly results = new Map<string, BinaryNode>();
	private readonly keys: DeviceKeys;
	private gone = false;
	private nextId = 1;

	private constructor(
		readonly context: SimulatorContext,
		private readonly socket: NodeSocket,
		{ payload, clientStaticKey }: Registration,
	) {
		const data = payload.devicePairingData;
		if (!data?.eIdent || !data.eRegid || !data.eSkeyId || !data.eSkeyVal || !data.eSkeySig) {
			throw new Error('The registration lacks keys');
		}
		this.noiseKey = clientStaticKey;
		this.identityKey = Buffer.from(data.eIdent);
		this.keys = new DeviceKeys(withTypeByte(data.eIdent), fromBigEndian(data.eRegid), {
			keyId: fromBigEndian(data.eSkeyId),
			publicKey: withTypeByte(data.eSkeyVal),
			signature: Buffer.from(data.eSkeySig),
		});
		this.refreshes = new RegistrationRefreshes(this);
	}

	/** Gives the client the references for its QR codes. */
	static start(
		context: SimulatorContext,
		socket: NodeSocket,
		registration: Registration,
	): UnlinkedClient {
		const client = new UnlinkedClient(context, socket, registration);
		context.counters.registrations++;
		context.pairing.open(client, client.refs);
		client.request(
			element(
				'pair-device',
				{},
				client.refs.map((ref) => textElement('ref', ref)),
			),
		);
		const { registrationRefresh } = context.faults;
		if (registrationRefresh?.when === 'onPairDevice') {
			client.refreshes.request(registrationRefresh.child);
		}
		context.events.emit('registration');
		return client;
	}

	receive(node: BinaryNode): void {
		const { type, id = '' } = node.attrs;
		if (node.tag === 'iq' && type === 'result') {
			this.results.set(id, node);
		} else if (node.tag === 'iq') {
			this.answer(node);
		} else if (node.tag === 'ack' && node.attrs.class === 'notification') {
			this.refreshes.acknowledge(id);
		}
		this.changed.notify();
	}

	closed(): void {
		this.gone = true;
		this.context.pairing.close(this);
		this.changed.notify();
	}

	/** Writes a stanza. */
	send(node: BinaryNode): void {
		this.socket.send(node);
	}

	/** Ends its connection. */
	drop(): void {
		this.socket.drop('close');
	}

	/** A stanza id of the server. */
	createId(): string {
		return `sim-${this.nextId++}`;
	}

	/** Waits until `look` finds something; rejects at once when the connection ends. */
	until<T>(look: () => T | undefined, what: string, timeoutMs?: number): Promise<T> {
		return waitUntil({
			on: this.changed,
			look: () => {
				const found = look();
				if (found === undefined && this.gone) {
					throw new Error(`The client closed the connection instead of ${what}`);
				}
				return found;
			},
			describe: () => `the client ${what}; it is still connected`,
			timeoutMs,
		});
	}

	/** Tells the client that it is linked, checks its answer, and sends it off to log in (515). */
	async link(phone: Phone, advSecret: Buffer): Promise<LinkedDevice> {
		const { passkey, neverLinks } = this.context.faults;
		if (passkey && !this.passkey) {
			this.passkey = new PasskeyDemand(this, { phone, scannedSecret: advSecret, rule: passkey });
			return await this.passkey.settle();
		}
		if (neverLinks) {
			this.context.events.emit('linkWithheld');
			return await this.until<LinkedDevice>(() => undefined, 'being linked at all');
		}
		const { details, container } = createDeviceIdentity(phone.party, this.identityKey, advSecret);
		const device = phone.link(this.noiseKey, this.keys);
		try {
			const id = this.request(
				element('pair-success', {}, [
					element('device-identity', {}, container),
					...(phone.name === undefined ? [] : [element('biz', { name: phone.name })]),
					element('platform', { name: 'android' }),
					element('device', { jid: device.jid, lid: device.lid }),
				]),
			);
			const answer = await this.until(
				() => this.results.get(id),
				'signing the device identity (does it hold the secret that its QR code shows?)',
			);
			const signed = requireBytes(childOf(answer, 'pair-device-sign'), 'device-identity');
			verifyDeviceSignature(signed, phone.party, this.identityKey, details);
		} catch (error) {
			phone.forget(device);
			throw error;
		}
		this.context.pairing.close(this);
		this.context.events.emit('linked', device);
		this.socket.drop('streamError515');
		return device;
	}

	private request(child: BinaryNode): string {
		const id = this.createId();
		const t = nowSeconds();
		this.send(element('iq', { from: SERVER_JID, type: 'set', xmlns: 'md', id, t }, [child]));
		return id;
	}

	private answer(node: BinaryNode): void {
		const stage = childOf(node, 'link_code_companion_reg');
		if (isPing(node)) {
			if (!this.context.faults.ignorePings) this.send(resultOf(node));
		} else if (stage?.attrs.stage === 'companion_hello') {
			this.codeRequest = PairingCodeRequest.receive(this, node, stage);
		} else if (stage?.attrs.stage === 'companion_finish') {
			this.codeRequest?.finish(stage);
			this.send(resultOf(node));
		} else if (!this.passkey?.answer(node)) {
			this.send(resultOf(node));
		}
	}
}
