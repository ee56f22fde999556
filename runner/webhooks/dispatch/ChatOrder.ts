import type { PendingDelivery } from '../rows/PendingDelivery';
import type { ChatHead } from '../rows/pendingRows';
import { isDetached } from '../policy/deliveryState';
import { DueQueue } from './DueQueue';

/** Deliveries a receiver may have in memory; the others are only in the database. */
const MAX_IN_MEMORY = 1024;
const MAX_IN_MEMORY_PER_CHAT = 256;
/** In characters of their bodies. Receivers of one event share its body until it is read again. */
const MAX_LENGTH_IN_MEMORY = 16_000_000;
/** Read at once. A chat begins with one, as its next attempt may fail and all of it be read again. */
const MAX_PAGE = 64;
const PAGE_GROWTH = 4;
/** After a page of such long bodies the next is one delivery again. */
const LONG_PAGE = 250_000;

/** The deliveries of one chat that wait in order. It is there only while something waits. */
interface Chat {
	id: string;
	/** The next ones, without a gap. */
	inMemory: PendingDelivery[];
	/** What comes after this place is to be read from the database, if `hasMore`. */
	cursor: number;
	hasMore: boolean;
	pageSize: number;
	/** Its next one is attempted whenever it was to be. */
	isReleased: boolean;
}

/** A chat's next delivery, taken out to be attempted. Nothing else of the chat moves meanwhile. */
export interface Turn {
	readonly chat: Chat;
	readonly delivery: PendingDelivery;
}

export interface ChatSource {
	read(chat: string, afterSeq: number, limit: number): PendingDelivery[];
	now(): number;
}

/**
 * The order of one receiver: per chat one delivery after the other, all chats beside one another.
 * Only what is about to be attempted is in memory. A chat that waits for a retry is a few words here;
 * its deliveries are read again when its time has come.
 */
export class ChatOrder {
	private readonly chats = new Map<string, Chat>();
	private readonly fresh: Chat[] = [];
	private readonly retries: Chat[] = [];
	private readonly waiting = new DueQueue<Chat>();
	private inMemory = 0;
	private length = 0;

	constructor(private readonly source: ChatSource) {}

	get hasReady(): boolean {
		return this.fresh.length > 0 || this.retries.length > 0;
	}

	/** When the next waiting chat is due (Unix milliseconds); Infinity when none waits. */
	get nextDueAt(): number {
		return this.waiting.nextDueAt;
	}

	get deliveriesInMemory(): number {
		return this.inMemory;
	}

	/** Takes up the chats that were found in the database. */
	load(heads: readonly ChatHead[]): void {
		for (const head of heads) {
			const chat: Chat = {
				id: head.chat,
				inMemory: [],
				cursor: head.seq - 1,
				hasMore: true,
				pageSize: 1,
				// It has waited so long because its receiver failed, which may be over.
				isReleased: isDetached(head.attempt_count),
			};
			this.chats.set(chat.id, chat);
			const dueAt = chat.isReleased ? 0 : (head.next_attempt_at ?? 0);
			this.enqueue(chat, dueAt, this.fresh);
		}
	}

	/** A delivery that has just been written. */
	add(delivery: PendingDelivery): void {
		const chat = this.chats.get(delivery.chat);
		const hasRoom = this.inMemory < MAX_IN_MEMORY && this.length < MAX_LENGTH_IN_MEMORY;
		if (!chat) {
			const added: Chat = {
				id: delivery.chat,
				inMemory: hasRoom ? [delivery] : [],
				cursor: hasRoom ? delivery.seq : delivery.seq - 1,
				hasMore: !hasRoom,
				pageSize: 1,
				isReleased: false,
			};
			if (hasRoom) this.count(1, added.inMemory);
			this.chats.set(added.id, added);
			this.enqueue(added, delivery.dueAt, this.fresh);
		} else if (!chat.hasMore && hasRoom && chat.inMemory.length < MAX_IN_MEMORY_PER_CHAT) {
			chat.inMemory.push(delivery);
			chat.cursor = delivery.seq;
			this.count(1, [delivery]);
		} else {
			chat.hasMore = true;
		}
	}

	/** Puts the chats whose waiting is over among the retries. */
	releaseDue(): void {
		const nowMs = this.source.now();
		for (let chat; (chat = this.waiting.takeDue(nowMs));) this.retries.push(chat);
	}

	/** The receiver is well again: nobody waits for a retry any more. */
	releaseAll(): void {
		for (let chat; (chat = this.waiting.takeDue(Infinity));) {
			chat.isReleased = true;
			this.retries.push(chat);
		}
	}

	takeRetry(): Turn | undefined {
		return this.take(this.retries);
	}

	takeFresh(): Turn | undefined {
		return this.take(this.fresh);
	}

	/** The delivery is done with, or goes its own way: the chat goes on. */
	finish({ chat }: Turn): void {
		this.count(-1, chat.inMemory.splice(0, 1));
		if (chat.inMemory.length === 0 && !chat.hasMore) this.chats.delete(chat.id);
		else this.fresh.push(chat);
	}

	/** The delivery has to be attempted again: its chat waits until `dueAt`. */
	postpone({ chat, delivery }: Turn, dueAt: number): void {
		this.unload(chat, delivery.seq);
		this.enqueue(chat, dueAt, this.retries);
	}

	private take(ready: Chat[]): Turn | undefined {
		for (let chat; (chat = ready[0]);) {
			// A reading that fails leaves the chat in its place.
			if (chat.inMemory.length === 0) this.readMore(chat);
			ready.shift();
			const delivery = chat.inMemory[0];
			if (!delivery) this.chats.delete(chat.id);
			else if (chat.isReleased || delivery.dueAt <= this.source.now()) {
				chat.isReleased = false;
				return { chat, delivery };
			} else this.postpone({ chat, delivery }, delivery.dueAt);
		}
		return undefined;
	}

	private readMore(chat: Chat): void {
		if (!chat.hasMore) return;
		const page = this.source.read(chat.id, chat.cursor, chat.pageSize);
		chat.inMemory = page;
		chat.cursor = page.at(-1)?.seq ?? chat.cursor;
		chat.hasMore = page.length === chat.pageSize;
		const length = this.count(1, page);
		chat.pageSize = length > LONG_PAGE ? 1 : Math.min(MAX_PAGE, chat.pageSize * PAGE_GROWTH);
	}

	private unload(chat: Chat, headSeq: number): void {
		this.count(-1, chat.inMemory);
		chat.inMemory = [];
		chat.cursor = headSeq - 1;
		chat.hasMore = true;
		chat.pageSize = 1;
	}

	/** Deliveries that are in memory now, or (-1) no longer; gives the length of their bodies. */
	private count(sign: 1 | -1, deliveries: readonly PendingDelivery[]): number {
		const length = deliveries.reduce((sum, { body }) => sum + (body?.length ?? 0), 0);
		this.inMemory += sign * deliveries.length;
		this.length += sign * length;
		return length;
	}

	private enqueue(chat: Chat, dueAt: number, ready: Chat[]): void {
		if (dueAt <= this.source.now()) ready.push(chat);
		else this.waiting.push(chat, dueAt);
	}
}
