import { EventEmitter } from 'node:events';
import { Contact, type ContactOptions } from './accounts/Contact';
import { Directory } from './accounts/Directory';
import { Group, type GroupOptions } from './accounts/Group';
import type { WaitOptions } from './accounts/LinkedDevice';
import { Phone, type PhoneOptions } from './accounts/Phone';
import { WebSocketListener } from './connection/WebSocketListener';
import { createCounters, type Counters } from './counters';
import type { SimulatorEvents } from './events';
import { createFaults, type RegistrationRefresh } from './Faults';
import { FaultSwitches } from './FaultSwitches';
import { MediaHost } from './media/MediaHost';
import { MediaStore } from './media/MediaStore';
import { ServerIdentity } from './noise/ServerIdentity';
import { PairingDesk } from './pairing/PairingDesk';
import { readPairingQr } from './pairing/readPairingQr';
import { withoutTypeByte } from './signal/libsignal';
import { Notifier } from './waiting/Notifier';
import { waitUntil } from './waiting/waitUntil';

/** How a simulator is started. */
export interface SimulatorOptions {
	/** Port on 127.0.0.1; any free one when left out. */
	readonly port?: number | undefined;
	/** Milliseconds after which an unsettled stanza is handed to an online client again; default: only at login. */
	readonly redeliverAfterMs?: number | undefined;
}

/** When and how clients are asked for a new registration secret. */
export interface CompanionRegRefresh {
	readonly child?: RegistrationRefresh['child'] | undefined;
	readonly when?: 'now' | 'never' | RegistrationRefresh['when'] | undefined;
	/** QR codes that were shown before. */
	readonly shown?: readonly string[] | undefined;
}

/** Starts a WhatsApp Web server on 127.0.0.1. Stop it with `stop()`. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const simulator = new Simulator(options);
	await simulator.start(options.port ?? 0);
	return simulator;
}

/** A WhatsApp Web server with simulated phones, contacts and groups. */
export class Simulator extends FaultSwitches {
	private readonly listener: WebSocketListener;
	private redelivery: NodeJS.Timeout | undefined;
	private mediaHost: MediaHost | undefined;

	/** Use `startSimulator`. */
	constructor({ redeliverAfterMs }: SimulatorOptions) {
		super({
			counters: createCounters(),
			events: new EventEmitter<SimulatorEvents>(),
			faults: createFaults(),
			directory: new Directory(),
			identity: new ServerIdentity(),
			pairing: new PairingDesk(),
			media: new MediaStore(),
			redeliverAfterMs,
		});
		this.listener = new WebSocketListener(this.context);
	}

	/** Use `startSimulator`. */
	async start(port: number): Promise<void> {
		await this.listener.start(port);
		this.mediaHost = await MediaHost.start(this.context.media);
		const { redeliverAfterMs } = this.context;
		if (redeliverAfterMs !== undefined) {
			this.redelivery = setInterval(() => this.redeliver(redeliverAfterMs), redeliverAfterMs);
			this.redelivery.unref();
		}
	}

	/** Ends all connections and frees the ports. */
	async stop(): Promise<void> {
		clearInterval(this.redelivery);
		await this.listener.stop();
		await this.mediaHost?.stop();
	}

	/** What was counted since the start. */
	get counters(): Counters {
		return this.context.counters;
	}

	/** The media files; simulated phones upload to it and download from it directly. */
	get media(): MediaStore {
		return this.context.media;
	}

	/** `ws://127.0.0.1:PORT`, for `AWW_WHATSAPP_URL`. */
	get url(): string {
		return this.listener.url;
	}

	/** Hex of the 32-byte public key that signs the certificate, for `AWW_WHATSAPP_ROOT_KEY`. */
	get rootKeyHex(): string {
		return withoutTypeByte(this.context.identity.root.pubKey).toString('hex');
	}

	/** PEM of the certificate of the https media host, which is its own authority. */
	get caCertificate(): string {
		return this.runningMediaHost.caCertificate;
	}

	/** A file with `caCertificate`, for `NODE_EXTRA_CA_CERTS`. */
	get caCertificateFile(): string {
		return this.runningMediaHost.caCertificateFile;
	}

	private get runningMediaHost(): MediaHost {
		if (!this.mediaHost) throw new Error('The simulator was not started: use startSimulator()');
		return this.mediaHost;
	}

	/** Listens to an event; returns a function that stops it. */
	on<K extends keyof SimulatorEvents>(
		event: K,
		listener: (...args: SimulatorEvents[K]) => void,
	): () => void {
		const emitter: EventEmitter = this.context.events;
		const plain = listener as (...args: unknown[]) => void;
		emitter.on(event, plain);
		return () => emitter.off(event, plain);
	}

	/** Resolves with what the next such event carries. */
	async next<K extends keyof SimulatorEvents>(
		event: K,
		{ timeoutMs }: WaitOptions = {},
	): Promise<SimulatorEvents[K]> {
		const happened = new Notifier();
		let found: SimulatorEvents[K] | undefined;
		const stop = this.on(event, (...args) => {
			found = args;
			happened.notify();
		});
		const describe = (): string =>
			`the event "${event}"; counters ${JSON.stringify(this.counters)}`;
		return waitUntil({ on: happened, look: () => found, describe, timeoutMs }).finally(stop);
	}

	/** Makes the phone of an account owner. */
	createPhone(options: PhoneOptions): Phone {
		const phone = new Phone(this.context, options);
		this.context.directory.addPhone(phone);
		return phone;
	}

	/** Makes someone to write with. */
	createContact(options: ContactOptions): Contact {
		const contact = new Contact(this.context, options);
		this.context.directory.addPerson(contact);
		return contact;
	}

	/** Makes a group. */
	createGroup(options: GroupOptions): Group {
		const group = new Group(options);
		this.context.directory.addGroup(group);
		return group;
	}

	/** The group with that JID, whoever made it. */
	findGroup(jid: string | undefined): Group | undefined {
		return this.context.directory.findGroup(jid);
	}

	/**
	 * Asks unlinked clients for a new registration secret. `now` asks those that are connected;
	 * `onPairDevice` all that register from now on, together with their references; `onScan` each when
	 * its first code is scanned, which then fails (as WhatsApp does since July 2026); `never` ends that.
	 * `shown` are codes that the clients showed before: their secrets are refused afterwards.
	 */
	requestCompanionRegRefresh({
		child = 'companion_reg_refresh',
		when = 'now',
		shown = [],
	}: CompanionRegRefresh = {}): void {
		if (when === 'never') {
			this.context.faults.registrationRefresh = undefined;
			return;
		}
		if (when !== 'now') {
			this.context.faults.registrationRefresh = { child, when };
			return;
		}
		const { pairing } = this.context;
		for (const { ref, advSecret } of shown.map(readPairingQr)) {
			pairing.findByRef(ref).refreshes.see(advSecret);
		}
		for (const client of pairing.clients) client.refreshes.request(child);
	}

	/** Ends the connections of clients that are not linked yet. */
	dropUnlinked(): void {
		for (const client of [...this.context.pairing.clients]) client.drop();
	}

	private redeliver(ageMs: number): void {
		for (const device of this.context.directory.devices()) device.redeliver(ageMs);
	}
}
