import { setTimeout as delay } from 'node:timers/promises';
import type { SendResponse } from '../../contract';
import type { Contact, Group, Phone } from '../simulator';
import type { Stage } from './Stage';

/** Every so manyeth message is a file. */
const FILE_EVERY = 6;
/** A backlog as long as this says that a runner which is killed all the time cannot keep up: writers wait. */
const MAX_BACKLOG = 400;
const RETRY_MS = 25;

export interface TrafficOptions {
	/** Pause between two messages of one chat, in milliseconds. */
	pauseMs?: [from: number, to: number];
	/** Whether files go along with texts, both ways; default true. */
	files?: boolean;
	/** Whether the runner is asked to send as well; default true. */
	outgoing?: boolean;
}

/** One message that the runner was asked to send. */
export interface Ordered {
	text: string;
	to: Contact;
	/** What a file holds. */
	file?: Buffer;
	/** What the answer said; undefined if the call was given up. */
	messageId?: string;
}

/** Contacts who write in direct chats and a group, and callers who have the runner write to them. */
export class Traffic {
	/** Ids of what was sent to the runner, by chat, in order. */
	readonly incoming = new Map<string, string[]>();
	/** What files hold, by the message's id. */
	readonly files = new Map<string, Buffer>();
	/** What the runner was asked to send and has taken, by contact, in order. */
	readonly ordered: Ordered[] = [];
	readonly contacts: Contact[];
	private readonly pauseMs: [number, number];
	private streams: Array<Promise<void>> = [];
	private isOver = false;

	constructor(
		private readonly stage: Stage,
		private readonly random: () => number,
		private readonly options: TrafficOptions = {},
	) {
		const { simulator, phone } = stage;
		const ann = simulator.createContact({ number: '15550002222', name: 'Ann' });
		const lida = simulator.createContact({
			number: '15550003333',
			name: 'Lida',
			addressing: 'lid',
		});
		const bob = simulator.createContact({ number: '15550004444', name: 'Bob' });
		this.contacts = [ann, lida, bob];
		this.group = simulator.createGroup({ subject: 'Team', participants: [ann, bob, phone] });
		this.pauseMs = options.pauseMs ?? [15, 60];
	}

	private readonly group: Group;

	get countIncoming(): number {
		return [...this.incoming.values()].reduce((sum, ids) => sum + ids.length, 0);
	}

	start(): void {
		const [ann, lida, bob] = this.contacts as [Contact, Contact, Contact];
		const { phone } = this.stage;
		this.isOver = false;
		this.streams = [
			this.write(ann, phone),
			this.write(lida, phone),
			this.write(bob, this.group),
			...(this.options.outgoing === false ? [] : [this.order(ann), this.order(lida)]),
		];
	}

	/** Resolves when so many more of the messages have arrived at the receiver: things go on. */
	async progress(count: number, timeoutMs = 30_000): Promise<void> {
		const { receiver } = this.stage;
		const arrived = () => new Set(receiver.of('received').map(({ messageId }) => messageId)).size;
		const goal = arrived() + count;
		await receiver.until(() => arrived() >= goal, `${count} more messages`, timeoutMs);
	}

	/** No more is begun; resolves when every call has been answered. */
	async stop(): Promise<void> {
		this.isOver = true;
		await Promise.all(this.streams);
	}

	/** One message from one contact, noted. */
	async writeOne(contact: Contact, target: Phone | Group = this.stage.phone): Promise<string> {
		const chat = `${contact.number} ${target === this.group ? 'group' : 'direct'}`;
		const ids = this.incoming.get(chat) ?? [];
		this.incoming.set(chat, ids);
		const text = `${contact.number} ${ids.length}`;
		const isFile = this.options.files !== false && ids.length % FILE_EVERY === 2;
		const file = Buffer.from(`the file of ${text} `.repeat(20));
		const fields = { fileName: 'note.txt', mimetype: 'text/plain', caption: text };
		const id = isFile
			? await contact.sendMedia(target, 'document', file, fields)
			: await contact.sendText(target, text);
		ids.push(id);
		if (isFile) this.files.set(id, file);
		return id;
	}

	/** One call that is made again, with its key, until it is answered. */
	async orderOne(to: Contact, orders = this.ordered): Promise<Ordered> {
		const number = this.ordered.filter((order) => order.to === to).length;
		const text = `to ${to.number} ${number}`;
		const isFile = this.options.files !== false && number % FILE_EVERY === 2;
		const order: Ordered = { text, to };
		if (isFile) order.file = Buffer.from(`the file ${text} `.repeat(20));
		orders.push(order);
		while (order.messageId === undefined) {
			const answer = await this.call(order).catch(() => undefined);
			if (answer && answer.status < 300) order.messageId = answer.body.messageId;
			else if (answer && answer.status < 500 && answer.status !== 429) {
				throw new Error(`${text}: ${answer.status} ${JSON.stringify(answer.body)}`);
			} else await delay(RETRY_MS);
		}
		return order;
	}

	private call({ to, text, file }: Ordered) {
		const { runner } = this.stage;
		const headers = { 'Idempotency-Key': text };
		const { number } = to;
		if (!file) {
			return runner.call<SendResponse>('POST', '/api/text', { number, message: text }, headers);
		}
		const document = file.toString('base64');
		const body = { number, document, fileName: 'note.txt', mimetype: 'text/plain', caption: text };
		return runner.call<SendResponse>('POST', '/api/document', body, headers);
	}

	private async write(contact: Contact, target: Phone | Group): Promise<void> {
		while (!this.isOver) {
			await this.pause();
			if (this.stage.device.unreceipted.length < MAX_BACKLOG) await this.writeOne(contact, target);
		}
	}

	private async order(to: Contact): Promise<void> {
		while (!this.isOver) {
			await this.orderOne(to);
			await this.pause();
		}
	}

	private async pause(): Promise<void> {
		const [from, to] = this.pauseMs;
		await delay(from + this.random() * (to - from));
	}
}
