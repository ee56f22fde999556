import { toNumber, toVariants } from '../../contract';
import type { Clock } from '../Clock';
import { forgetOldest } from '../limits/forgetOldest';
import type { Database } from '../storage/Database';
import { NumberCheckRepository } from './NumberCheckRepository';

/** What WhatsApp knows of a number. `jid` is the one to send to; null when there is none. */
export interface ResolvedNumber {
	exists: boolean;
	jid: string | null;
	lid: string | null;
}

/** WhatsApp's word on one of the numbers it was asked for (digits). */
export interface NumberAnswer {
	phone: string;
	jid: string;
	exists: boolean;
	lid?: string;
}

/** Asks WhatsApp for numbers (digits), all in one query. Undefined when it did not answer. */
export type AskNumbers = (phones: string[]) => Promise<NumberAnswer[] | undefined>;

const HOUR_MS = 3_600_000;
const EXISTING_TTL_MS = 24 * HOUR_MS;
/** Someone may just be about to install it. */
const MISSING_TTL_MS = HOUR_MS / 6;
/** So many answers are at hand before they are on disk, and without reading them. */
const MAX_REMEMBERED = 1000;

interface DirectoryOptions {
	instanceId: string;
	database: Database;
	clock: Clock;
}

/** Which numbers are on WhatsApp, and under which JID: what is known, and WhatsApp's own word on the rest. */
export class RecipientDirectory {
	private readonly checks: NumberCheckRepository;
	private readonly remembered = new Map<string, { answer: ResolvedNumber; expiresAt: number }>();
	private readonly underWay = new Map<string, Promise<ResolvedNumber | undefined>>();

	constructor(private readonly options: DirectoryOptions) {
		this.checks = new NumberCheckRepository(options.database, options.instanceId);
	}

	/** From what is stored: a fresh answer, or a contact that has written to us; else undefined. */
	known(phoneJid: string): ResolvedNumber | undefined {
		const phone = toNumber(phoneJid);
		const now = this.options.clock.now();
		const remembered = this.remembered.get(phone);
		if (remembered && remembered.expiresAt > now) return remembered.answer;
		return this.checks.findContact(toVariants(phone)) ?? this.checks.find(phone, now);
	}

	/**
	 * Asks WhatsApp, once at a time for each number, and keeps the answer. Undefined when WhatsApp has
	 * not said whether it exists: then nothing is known. Rejects with what `ask` rejects with.
	 */
	resolve(phoneJid: string, ask: AskNumbers): Promise<ResolvedNumber | undefined> {
		const phone = toNumber(phoneJid);
		const asked = this.underWay.get(phone);
		if (asked) return asked;
		const resolving = this.ask(phone, ask).finally(() => this.underWay.delete(phone));
		this.underWay.set(phone, resolving);
		return resolving;
	}

	private async ask(phone: string, ask: AskNumbers): Promise<ResolvedNumber | undefined> {
		const variants = toVariants(phone);
		const answer = toResolved(variants, (await ask(variants)) ?? []);
		if (answer) this.remember(phone, answer);
		return answer;
	}

	private remember(phone: string, answer: ResolvedNumber): void {
		const ttlMs = answer.exists ? EXISTING_TTL_MS : MISSING_TTL_MS;
		const expiresAt = this.options.clock.now() + ttlMs;
		this.remembered.delete(phone);
		this.remembered.set(phone, { answer, expiresAt });
		forgetOldest(this.remembered, MAX_REMEMBERED);
		// Losing it costs a question: nobody waits for the disk.
		this.options.database.writeLazily([this.checks.put(phone, answer, expiresAt)], () => undefined);
	}
}

/** The first spelling that exists; "does not exist" only when WhatsApp has said so of every one. */
function toResolved(variants: string[], answers: NumberAnswer[]): ResolvedNumber | undefined {
	const found = variants
		.map((phone) => answers.find((answer) => answer.phone === phone))
		.filter((answer) => answer !== undefined);
	const existing = found.find(({ exists }) => exists);
	if (existing) return { exists: true, jid: existing.jid, lid: existing.lid ?? null };
	return found.length === variants.length ? { exists: false, jid: null, lid: null } : undefined;
}
