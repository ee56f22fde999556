import type { BinaryNode } from '@whiskeysockets/baileys';
import { setImmediate as nextTask, setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '../../test/endToEnd/seededRandom';
import {
	startSimulator,
	type Contact,
	type LinkedDevice,
	type Phone,
	type Simulator,
} from '../../test/simulator';
import { WebhookReceiver } from './WebhookReceiver';
import type {
	FloodResult,
	LiveAccount,
	PacedResult,
	Trouble,
	WorldAddress,
	WorldApi,
} from './WorldApi';

const LINK_TIMEOUT_MS = 60_000;
/** A flood is over when nothing has come for so long. */
const PATIENCE_MS = 6_000;
/** So many stanzas are written before the server reads what has come in. */
const STANZAS_PER_TASK = 50;

interface Account {
	phone: Phone;
	contacts: Contact[];
	device: LinkedDevice | undefined;
}

/** A stanza that is encrypted and queued nowhere yet. */
interface Prepared {
	id: string;
	node: BinaryNode;
}

/** The WhatsApp server with all its people, and the webhook receiver: one process, hence one clock. */
export class World implements WorldApi {
	private readonly receiver = new WebhookReceiver();
	private readonly accounts: Account[] = [];
	private readonly receipts = new Map<string, number>();
	private readonly random: () => number;
	private serial = 0;

	private constructor(
		private readonly simulator: Simulator,
		seed: number,
	) {
		this.random = seededRandom(seed);
		simulator.on('receipt', ({ id }) => this.receipts.set(id, performance.now()));
	}

	static async start(seed: number): Promise<World> {
		const world = new World(await startSimulator(), seed);
		await world.receiver.start();
		return world;
	}

	async address(): Promise<WorldAddress> {
		const { url: whatsappUrl, rootKeyHex } = this.simulator;
		return { whatsappUrl, rootKeyHex, webhookUrl: this.receiver.url };
	}

	async createAccount(contactCount: number): Promise<LiveAccount> {
		const id = this.accounts.length;
		const phone = this.simulator.createPhone({ number: toNumber(id, 0), name: 'Owner' });
		const contacts = Array.from({ length: contactCount }, (_, index) =>
			this.simulator.createContact({ number: toNumber(id, index + 1), name: 'Contact' }),
		);
		this.accounts.push({ phone, contacts, device: undefined });
		return { id, contacts: contacts.map(({ number }) => number) };
	}

	async link(accountId: number, qr: string): Promise<void> {
		const account = this.require(accountId);
		const timeoutMs = LINK_TIMEOUT_MS;
		account.device = await account.phone.scan(qr, { timeoutMs });
		await account.device.whenOnline({ timeoutMs });
		await account.device.drained({ timeoutMs });
	}

	async whenOnline(accountIds: number[], timeoutMs: number): Promise<void> {
		await Promise.all(accountIds.map((id) => this.deviceOf(id).whenOnline({ timeoutMs })));
	}

	async whenOffline(accountIds: number[]): Promise<void> {
		await Promise.all(accountIds.map((id) => this.deviceOf(id).whenOffline()));
	}

	async flood(accountId: number, messageCount: number): Promise<FloodResult> {
		const messages = await this.prepare(accountId, messageCount);
		const device = this.deviceOf(accountId);
		const startedAt = performance.now();
		for (const [index, { node }] of messages.entries()) {
			device.deliver(node);
			if (index % STANZAS_PER_TASK === STANZAS_PER_TASK - 1) await nextTask();
		}
		const arrivals = await this.arrivalsOf(messages);
		await this.settle(device);
		return {
			elapsedMs: Math.max(...arrivals.values()) - startedAt,
			arrived: arrivals.size,
			lost: messages.length - arrivals.size,
		};
	}

	async pace(accountId: number, messageCount: number, perSecond: number): Promise<PacedResult> {
		const messages = await this.prepare(accountId, messageCount);
		const device = this.deviceOf(accountId);
		const sentAt = new Map<string, number>();
		for (const { id, node } of messages) {
			// Twice a random half on average is the distance: no beat with anybody's timers.
			await delay((2 * this.random() * 1000) / perSecond);
			sentAt.set(id, performance.now());
			device.deliver(node);
		}
		const arrivals = await this.arrivalsOf(messages);
		await this.settle(device);
		const since = (earlier: Map<string, number>) =>
			[...arrivals].flatMap(([id, at]) => {
				const before = earlier.get(id);
				return before === undefined ? [] : [at - before];
			});
		return {
			sendToWebhookMs: since(sentAt),
			receiptToWebhookMs: since(this.receipts),
			lost: messages.length - arrivals.size,
		};
	}

	async trouble(): Promise<Trouble> {
		const { decryptErrors, retryReceipts, nacks } = this.simulator.counters;
		return {
			decryptErrors,
			retryReceipts,
			nacks: Object.values(nacks).reduce((sum, count) => sum + count, 0),
			duplicateWebhooks: this.receiver.duplicates,
		};
	}

	async stop(): Promise<void> {
		await this.receiver.stop();
		await this.simulator.stop();
	}

	/** Encrypts messages from all contacts in turn, without sending them. */
	private async prepare(accountId: number, messageCount: number): Promise<Prepared[]> {
		const { phone, contacts } = this.require(accountId);
		const device = this.deviceOf(accountId);
		const nodes: BinaryNode[] = [];
		const deliver = device.deliver.bind(device);
		device.deliver = (node) => void nodes.push(node);
		try {
			for (let index = 0; index < messageCount; index++) {
				const contact = contacts[index % contacts.length];
				await contact?.sendText(phone, `Message ${this.serial++}, about as long as people write.`);
			}
		} finally {
			device.deliver = deliver;
		}
		return nodes.map((node) => ({ id: node.attrs.id ?? '', node }));
	}

	/** When each of them came; resolves when all are there, or when nothing comes any more. */
	private async arrivalsOf(messages: readonly Prepared[]): Promise<Map<string, number>> {
		const { receiver } = this;
		const missing = new Set(messages.map(({ id }) => id));
		for (const id of receiver.arrivals.keys()) missing.delete(id);
		const over = Promise.withResolvers<undefined>();
		const patience = setTimeout(() => over.resolve(undefined), PATIENCE_MS);
		receiver.onArrival = (id) => {
			patience.refresh();
			missing.delete(id);
			if (missing.size === 0) over.resolve(undefined);
		};
		if (missing.size > 0) await over.promise;
		clearTimeout(patience);
		receiver.onArrival = () => undefined;
		return new Map(
			messages.flatMap(({ id }) => {
				const at = receiver.arrivals.get(id);
				return at === undefined ? [] : [[id, at] as const];
			}),
		);
	}

	/** Lets receipts and acks of a measurement end before the next one. */
	private async settle(device: LinkedDevice): Promise<void> {
		// What a gateway never settles is no reason to stop measuring: it is counted as trouble.
		await device.drained({ timeoutMs: 2_000 }).catch(() => undefined);
		await delay(200);
	}

	private require(accountId: number): Account {
		const account = this.accounts[accountId];
		if (!account) throw new Error(`No account ${accountId}`);
		return account;
	}

	private deviceOf(accountId: number): LinkedDevice {
		const { device } = this.require(accountId);
		if (!device) throw new Error(`Account ${accountId} is not linked`);
		return device;
	}
}

/** Fictional numbers: the account's own is the 0th. */
const toNumber = (accountId: number, index: number): string =>
	`1555${String(1_000_000 + accountId * 10 + index)}`;
