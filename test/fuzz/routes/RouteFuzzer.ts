import { setTimeout as delay } from 'node:timers/promises';
import { ROUTES, type RouteName } from '../../../contract';
import { ADMIN_KEY } from '../../endToEnd/RunnerProcess';
import type { RunnerStage } from '../stage/RunnerStage';
import { Bookkeeping } from './Bookkeeping';
import { callOnce, sendBytes, type RawAnswer } from './callOnce';
import { checkAnswer, checkError } from './checkAnswer';
import type { FileHost } from './FileHost';
import type { Operation } from './OpenApi';
import { fillIn, type RouteCase, type Words } from './RouteCase';

const PNG = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
	'base64',
);

/** Makes the calls, and keeps the world such that the next ones have something to work on. */
export class RouteFuzzer {
	/** Answers by route and status. */
	readonly answers = new Map<RouteName, Record<string, number>>();
	readonly books: Bookkeeping;
	private words: Words = {};

	constructor(
		private readonly stage: RunnerStage,
		private readonly files: FileHost,
		private readonly operations: Readonly<Record<RouteName, Operation>>,
	) {
		this.books = new Bookkeeping(stage.simulator);
	}

	/** Makes new messages, an instance that can be done without, and the rest that cases name. */
	async prepare(): Promise<void> {
		const { stage } = this;
		// A call may have sent them elsewhere.
		await stage.call('PUT', '/api/config/received', { URL: stage.receiver.url });
		const text = await stage.ann.sendText(stage.phone, 'fuzz-secret-text');
		const image = await stage.ann.sendMedia(stage.phone, 'image', PNG, { mimetype: 'image/png' });
		const inGroup = await stage.ann.sendText(stage.group, 'fuzz-secret-text');
		await stage.receiver.until(() => {
			const ids = stage.receiver.of('received').map(({ messageId }) => messageId);
			return [text, image, inGroup].every((id) => ids.includes(id));
		}, 'the messages that calls refer to');
		stage.receiver.deliveries.length = 0;
		this.words = { ...this.words, text, image, inGroup };
		await this.tidy();
		const sent = await stage.call<{ messageId: string }>('POST', '/api/text', {
			number: stage.ann.number,
			message: 'fuzz-secret-text',
		});
		this.books.note('sendText', sent.messageId);
		this.words = { ...this.words, sent: sent.messageId };
	}

	/** Makes one call and looks at its answer; throws when it breaks a promise. */
	async run(given: RouteCase): Promise<void> {
		const answer = await this.call(given);
		const { route } = given;
		const isOwn = given.method === ROUTES[route].method || given.method === 'HEAD';
		if (isOwn) checkAnswer(given, answer, this.operations[route]);
		else if (answer.status >= 400) checkError(answer, given.method);
		const counts = this.answers.get(route) ?? {};
		this.answers.set(route, counts);
		if (isOwn) counts[answer.status] = (counts[answer.status] ?? 0) + 1;
		if (answer.status < 300) await this.follow(given, answer);
	}

	/** Bytes that are hardly HTTP. What comes back, if anything, is an answer of the same API. */
	async runBytes(bytes: Buffer): Promise<void> {
		const reply = await this.stage.whileAlive(
			sendBytes(
				this.stage.runner.url,
				Buffer.from(fillIn(bytes.toString('latin1'), this.words), 'latin1'),
			),
		);
		const head = /^HTTP\/1\.1 (\d{3}) [\s\S]*?\r\n\r\n/.exec(reply.toString('latin1'));
		if (reply.length > 0 && !head)
			throw new Error(`Not HTTP: ${reply.toString('latin1').slice(0, 200)}`);
		const status = Number(head?.[1] ?? 0);
		if (status >= 500 && status !== 503)
			throw new Error(`A 5xx: ${reply.toString().slice(0, 500)}`);
	}

	/** The instance is as it was: the calls that follow find their slots, settings and group. */
	async tidy(): Promise<void> {
		const { stage } = this;
		await this.replaceSpare();
		for (const event of ['sent', 'status', 'disconnected', 'connected']) {
			await stage.call('PUT', `/api/config/${event}`, { URL: null });
		}
		await stage.call('POST', '/api/config/automatic', { messagesPerMinute: 0, read: false });
		const { subscriptions } = await stage.call<{ subscriptions: Array<{ id: string }> }>(
			'GET',
			'/api/subscriptions',
		);
		for (const { id } of subscriptions) await stage.call('DELETE', `/api/subscriptions/${id}`);
		const subscription = await stage.call<{ id: string }>('POST', '/api/subscriptions', {
			url: stage.receiver.url,
			events: ['connected'],
		});
		const { deliveries } = await stage.call<{ deliveries: Array<{ id: string }> }>(
			'GET',
			'/api/deliveries?limit=1',
		);
		const group = stage.simulator.createGroup({
			subject: 'Another',
			participants: [stage.ann, stage.lida, stage.phone],
			admins: [stage.phone],
		});
		this.words = {
			...this.words,
			subscription: subscription.id,
			delivery: deliveries[0]?.id ?? 'none',
			group: group.jid,
			invite: group.inviteCode,
			linked: stage.instanceId,
			key: stage.apiKey,
			adminKey: ADMIN_KEY,
			lid: stage.lida.lid,
			files: this.files.url,
			hook: stage.receiver.url,
			sha: 'a'.repeat(64),
		};
	}

	private async call(given: RouteCase): Promise<RawAnswer> {
		const { words, stage } = this;
		const parts = typeof given.body === 'string' ? [given.body] : given.body;
		const body = parts?.map((part) =>
			typeof part === 'string' ? Buffer.from(fillIn(part, words)) : part,
		);
		const headers = Object.fromEntries(
			Object.entries(given.headers).map(([name, value]) => [name, fillIn(value, words)]),
		);
		return await this.stage.whileAlive(
			callOnce({
				url: stage.runner.url,
				method: given.method,
				path: toRequestTarget(fillIn(given.path, words)),
				headers,
				body: body && Buffer.concat(body),
			}),
		);
	}

	/** What a success leads to: messages are promised, and what was made is taken away again. */
	private async follow(
		{ route, method, headers }: RouteCase,
		{ contentType, body }: RawAnswer,
	): Promise<void> {
		const isOwn = method === ROUTES[route].method;
		if (!contentType.startsWith('application/json') || !isOwn) return;
		const answer = JSON.parse(body.toString()) as Record<string, unknown>;
		const { messageId, id } = answer;
		const isSend = typeof messageId === 'string' && 'waitedMs' in answer;
		if (isSend) this.books.note(route, messageId);
		if (route === 'sendText' && isSend) this.words = { ...this.words, sent: messageId };
		if (route === 'createInstance') {
			await this.stage.call('DELETE', `/api/instances/${String(id)}`);
		} else if (route === 'createSubscription') {
			// It belongs to the instance that the call was made for.
			const instanceId = fillIn(headers.id ?? '', this.words);
			await this.stage.call('DELETE', `/api/subscriptions/${String(id)}`, undefined, instanceId);
		} else if (route === 'deleteInstance') await this.replaceSpare();
		else if (route === 'leaveGroup' || route === 'setAutomatic') await this.tidy();
	}

	private async replaceSpare(): Promise<void> {
		const { stage, words } = this;
		const { instances } = await stage.call<{ instances: Array<{ id: string }> }>(
			'GET',
			'/api/instances',
		);
		const spare = instances.find(({ id }) => id === words.spare);
		if (spare) return;
		const { id } = await stage.call<{ id: string }>('POST', '/api/instances', {
			name: `spare ${Date.now()} ${Math.random()}`,
		});
		this.words = { ...words, spare: id };
	}

	/** Lets what is still on its way come to its end. */
	async settle(): Promise<void> {
		await this.stage.device.drained({ timeoutMs: 30_000 });
		await delay(500);
	}
}

/** Node's client refuses what its server would have to answer; such targets are written out. */
function toRequestTarget(path: string): string {
	return path.replaceAll(/[^\x21-\xff]/g, (character) => encodeURIComponent(character));
}
