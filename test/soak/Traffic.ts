import { randomUUID } from 'node:crypto';
import { ADMIN_KEY, type RunnerProcess } from '../endToEnd/RunnerProcess';
import type { Contact, Group, Simulator } from '../simulator';
import type { Ledger } from './Ledger';
import type { SoakAccount } from './SoakAccount';

const TICK_MS = 50;
const IN_SHARE = 0.65;
const GROUP_SHARE = 0.2;
const FILE_SHARE = 0.08;

const NO_ANSWER = 'no answer';

/** The smallest picture there is. */
const PNG = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
	'base64',
);

interface TrafficOptions {
	readonly accounts: readonly SoakAccount[];
	readonly runner: RunnerProcess;
	readonly simulator: Simulator;
	readonly inbound: Ledger;
	readonly outbound: Ledger;
	readonly random: () => number;
	readonly perSecond: number;
}

/** Texts and files between sessions and contacts, both ways, at a steady pace. */
export class Traffic {
	/** Calls that were answered with an error, or not at all, by code: nothing was promised then. */
	readonly refused: Record<string, number> = {};
	private readonly underway = new Set<Promise<void>>();
	/** Chats with a call that has no answer yet: the next one would have no order. */
	private readonly busy = new Set<string>();
	private timer: NodeJS.Timeout | undefined;
	private due = 0;

	constructor(private readonly options: TrafficOptions) {
		options.simulator.on('messageAtContact', ({ number }, { text }) => {
			options.outbound.arrived(toOutId(text, number));
		});
	}

	start(): void {
		this.timer = setInterval(() => {
			this.due += (this.options.perSecond * TICK_MS) / 1000;
			for (; this.due >= 1; this.due--) this.begin();
		}, TICK_MS);
	}

	/** Resolves when every call has its answer. */
	async stop(): Promise<void> {
		clearInterval(this.timer);
		await Promise.all(this.underway);
	}

	private begin(): void {
		const { random } = this.options;
		const account = this.pick(this.options.accounts);
		const contact = this.pick(account.contacts);
		const target = random() < GROUP_SHARE ? account.group : contact;
		const isFile = random() < FILE_SHARE;
		const work =
			random() < IN_SHARE
				? this.bringIn({ account, contact, target, isFile })
				: this.sendOut({ account, target, isFile });
		const tracked = work.finally(() => this.underway.delete(tracked));
		this.underway.add(tracked);
	}

	private async bringIn(message: {
		account: SoakAccount;
		contact: Contact;
		target: Contact | Group;
		isFile: boolean;
	}): Promise<void> {
		const { account, contact, target, isFile } = message;
		const id = randomUUID().replaceAll('-', '').toUpperCase();
		const to = target === account.group ? account.group : account.phone;
		this.options.inbound.sent(id, `${contact.jid} ${target.jid}`);
		if (isFile) await contact.sendMedia(to, 'image', PNG, { mimetype: 'image/png' }, { id });
		else await contact.sendText(to, `in ${id}, about as long as people write.`, { id });
	}

	private async sendOut(message: {
		account: SoakAccount;
		target: Contact | Group;
		isFile: boolean;
	}): Promise<void> {
		const { account, target, isFile } = message;
		const chat = target.jid;
		if (this.busy.has(chat)) return;
		this.busy.add(chat);
		const text = `out ${randomUUID()}`;
		const { runner, outbound } = this.options;
		const readers = target === account.group ? account.contacts : [target as Contact];
		// Everyone in a group has to get it.
		for (const { number } of readers) outbound.sent(toOutId(text, number), `${chat} ${number}`);
		const headers = { apiKey: ADMIN_KEY, id: account.instanceId };
		const body = isFile
			? { number: chat, image: PNG.toString('base64'), caption: text }
			: { number: chat, message: text };
		const path = isFile ? '/api/image' : '/api/text';
		const code = await runner.call('POST', path, body, headers).then(
			({ status, body: answer }) => (status < 300 ? undefined : (answer.code ?? String(status))),
			(error: unknown) => toNoAnswer(error),
		);
		this.busy.delete(chat);
		if (code === undefined) return;
		this.refused[code] = (this.refused[code] ?? 0) + 1;
		for (const { number } of readers) {
			const id = toOutId(text, number);
			if (code.startsWith(NO_ANSWER)) outbound.release(id);
			else outbound.withdraw(id);
		}
	}

	private pick<T>(list: readonly T[]): T {
		return list[Math.floor(this.options.random() * list.length)] as T;
	}
}

/** Says why, as far as the client of this process knows. */
function toNoAnswer(error: unknown): string {
	const { cause } = error as { cause?: { code?: string; message?: string } };
	return `${NO_ANSWER} (${cause?.code ?? cause?.message ?? String(error)})`;
}

const toOutId = (text: string, reader: string): string => `${text} to ${reader}`;
