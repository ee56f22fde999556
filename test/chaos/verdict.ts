import type { WebhookBody } from '../../contract';
import type { ReceivedDelivery } from '../endToEnd/WebhookReceiver';
import type { ReceivedMessage } from '../simulator';
import type { Stage } from './Stage';
import type { Ordered, Traffic } from './Traffic';
import { waitFor } from './waitFor';

type ReceivedBody = Extract<WebhookBody, { event: 'received' }>;

const PATIENCE_MS = 120_000;
const SHOWN = 5;

export interface Verdict {
	received: number;
	sent: number;
	/** Deliveries that came more than once, under the same eventId. */
	repeated: number;
}

export interface VerdictOptions {
	patienceMs?: number;
	/** Retry receipts, refusals and failed decryptions are part of the scenario. */
	hasDecryptErrors?: boolean;
	/** What had to be asked for again comes later than what could be read at once. */
	isOrderFree?: boolean;
	/** What WhatsApp leaves unanswered again and again is given up, and reported as FAILED. */
	maySendingFail?: boolean;
	/** Two runners were at work, each with event ids of its own. */
	mayComeTwice?: boolean;
}

/**
 * Waits until everything is where it belongs, then throws if a message was lost, came under two ids, out
 * of order or broken, was sent twice or not at all, or if a phone had to be linked again.
 */
export async function reachVerdict(
	stage: Stage,
	traffic: Traffic,
	options: VerdictOptions = {},
): Promise<Verdict> {
	const { patienceMs = PATIENCE_MS, hasDecryptErrors = false } = options;
	const { receiver, simulator } = stage;
	await stage.settle(patienceMs);
	const expected = [...traffic.incoming.values()].flat();
	const arrived = () => new Set(receiver.of('received').map(({ messageId }) => messageId));
	await receiver.until(
		() => arrived().size >= expected.length,
		`${expected.length} messages`,
		patienceMs,
	);
	const mistakes = [
		...findReceivedMistakes(receiver.deliveries, traffic, options),
		...(await findSentMistakes(stage, traffic, { ...options, patienceMs })),
		...(await findFileMistakes(stage, traffic)),
	];
	if (receiver.forged > 0) mistakes.push(`${receiver.forged} deliveries with a wrong signature`);
	const { retryReceipts, nacks, decryptErrors } = simulator.counters;
	if (!hasDecryptErrors && (retryReceipts || decryptErrors || Object.keys(nacks).length > 0)) {
		mistakes.push(`undecryptable: ${JSON.stringify({ retryReceipts, nacks, decryptErrors })}`);
	}
	if (mistakes.length > 0) {
		throw new Error(`${mistakes.length} mistakes: ${mistakes.slice(0, SHOWN).join('; ')}`);
	}
	stage.assertSameLogin();
	const eventIds = receiver.deliveries.map(({ body }) => body.eventId);
	return {
		received: expected.length,
		sent: traffic.ordered.length,
		repeated: eventIds.length - new Set(eventIds).size,
	};
}

/** Lost, under two event ids, or out of order within a chat. */
export function findReceivedMistakes(
	deliveries: readonly ReceivedDelivery[],
	traffic: Traffic,
	{ isOrderFree = false, mayComeTwice = false }: VerdictOptions = {},
): string[] {
	const received = deliveries
		.map(({ body }) => body)
		.filter((body): body is ReceivedBody => body.event === 'received');
	const eventIds = new Map<string, string>();
	const mistakes: string[] = [];
	for (const { messageId, eventId } of received) {
		const earlier = eventIds.get(messageId);
		if (earlier === undefined) eventIds.set(messageId, eventId);
		else if (earlier !== eventId && !mayComeTwice)
			mistakes.push(`${messageId} came under two event ids`);
	}
	const places = new Map([...eventIds.keys()].map((messageId, place) => [messageId, place]));
	for (const [chat, ids] of traffic.incoming) {
		let last = -1;
		for (const [index, id] of ids.entries()) {
			const place = places.get(id);
			if (place === undefined) mistakes.push(`lost: number ${index} of ${chat}`);
			else if (place < last && !isOrderFree)
				mistakes.push(`out of order: number ${index} of ${chat}`);
			else last = place;
		}
	}
	return mistakes;
}

async function findSentMistakes(
	stage: Stage,
	traffic: Traffic,
	{ patienceMs, isOrderFree, maySendingFail }: VerdictOptions,
): Promise<string[]> {
	const mistakes: string[] = [];
	const { receiver } = stage;
	const isFailed = ({ messageId }: Ordered) =>
		receiver.of('status').some((body) => body.messageId === messageId && body.status === 'FAILED');
	const hasArrived = ({ to, text }: Ordered) => to.inbox.some((message) => message.text === text);
	const isSettled = (order: Ordered) => hasArrived(order) || (maySendingFail && isFailed(order));
	await waitFor(
		'what was sent to arrive',
		() => traffic.ordered.every(isSettled) || undefined,
		patienceMs,
	).catch(async () => {
		const missing = traffic.ordered.filter((order) => !isSettled(order));
		mistakes.push(...(await Promise.all(missing.map((order) => describeMissing(stage, order)))));
	});
	const failed = maySendingFail ? traffic.ordered.filter(isFailed) : [];
	for (const order of failed.filter(hasArrived)) {
		mistakes.push(`"${order.text}" was reported as failed, and arrived`);
	}
	const ordered = traffic.ordered.filter((order) => !failed.includes(order));
	for (const contact of new Set(ordered.map(({ to }) => to))) {
		const inbox = contact.inbox.map(({ text }) => text);
		const wanted = ordered.filter(({ to }) => to === contact).map(({ text }) => text);
		for (const text of wanted) {
			const count = inbox.filter((other) => other === text).length;
			if (count !== 1) mistakes.push(`"${text}" reached the contact ${count} times`);
		}
		const inOrder = inbox.filter((text) => wanted.includes(text));
		const at = inOrder.findIndex((text, index) => text !== wanted[index]);
		if (at >= 0 && mistakes.length === 0 && !isOrderFree) {
			mistakes.push(`out of order at the contact: "${inOrder[at]}" where "${wanted[at]}" belongs`);
		}
	}
	for (const { to, text, messageId, file } of ordered) {
		const message = to.inbox.find((other) => other.text === text);
		if (message && message.id !== messageId)
			mistakes.push(`"${text}" has another id than promised`);
		if (message && file && !(await holds(to, message, file))) mistakes.push(`"${text}" is broken`);
	}
	return mistakes;
}

/** What the runner says of a message that did not arrive. */
async function describeMissing({ runner }: Stage, { text, messageId }: Ordered): Promise<string> {
	const { status, body } = await runner.call<{ statusHistory?: unknown }>(
		'GET',
		`/api/message/${messageId}`,
	);
	return `"${text}" did not arrive: ${status} ${JSON.stringify(body.statusHistory)}`;
}

async function holds(to: Ordered['to'], message: ReceivedMessage, file: Buffer): Promise<boolean> {
	return Buffer.from(await to.download(message)).equals(file);
}

/** Files of received messages, fetched as a workflow would. */
async function findFileMistakes({ receiver }: Stage, { files }: Traffic): Promise<string[]> {
	const mistakes: string[] = [];
	const links = new Map(receiver.of('received').map(({ messageId, media }) => [messageId, media]));
	for (const [id, file] of files) {
		const url = links.get(id)?.url;
		if (!url) {
			mistakes.push(`no link for the file of ${id}`);
			continue;
		}
		const response = await fetch(url);
		const bytes = Buffer.from(await response.arrayBuffer());
		if (!bytes.equals(file)) mistakes.push(`the file of ${id}: ${response.status}`);
	}
	return mistakes;
}
