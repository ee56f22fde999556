import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { EVENT_NAMES } from '../../../contract';
import type { Findings } from '../Findings';
import type { FuzzPlan } from '../FuzzPlan';
import { checkMemory } from '../stage/checkMemory';
import { collectGarbage } from './collectGarbage';
import { toCall } from './toCall';
import { API_KEY, TriggerBench, type WebhookOutcome } from './TriggerBench';
import { webhookCases, type WebhookCase } from './webhookCases';

const WARM_UP = 0.5;
const MAX_GROWTH_MB = 16;
const PROGRESS_EVERY = 10_000;
const TIME_LIMIT_MS = 10_000;
/** The item of so many calls is also given to an execution, which is slower than the webhook. */
const EXECUTE_EVERY = 10;

/** Any bytes, signed or not, to the trigger's webhook in n8n's own contexts. */
export async function fuzzWebhooks(plan: FuzzPlan, findings: Findings): Promise<void> {
	const host = await startEmptyHost();
	const url = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
	const fuzzer = new WebhookFuzzer(url);
	try {
		let growth: string | Error = '';
		await findings.check(
			'webhooks: only what is signed starts a workflow, and nothing fails one',
			async () => {
				growth = await runAll(plan, fuzzer);
				return `${fuzzer.started} started, ${fuzzer.refused} refused`;
			},
		);
		await findings.check('webhooks: memory is flat', () => {
			if (growth instanceof Error) throw growth;
			return growth;
		});
		await findings.check('webhooks: no prototype has been touched', () => {
			const { polluted } = {} as { polluted?: unknown };
			if (polluted !== undefined) throw new Error('Object.prototype has a new field');
			return '';
		});
	} finally {
		host.closeAllConnections();
		host.close();
	}
}

/** Gives what memory has come to, or the error that it grew too much. */
async function runAll(
	{ seed, cases, progress }: FuzzPlan,
	fuzzer: WebhookFuzzer,
): Promise<string | Error> {
	let done = 0;
	let before: NodeJS.MemoryUsage | undefined;
	const property = fc.asyncProperty(webhookCases, async (given) => {
		await fuzzer.run(given);
		if (++done % PROGRESS_EVERY === 0) progress(`${done} of ${cases} webhooks`);
		if (before || done < cases * WARM_UP) return;
		collectGarbage();
		before = process.memoryUsage();
	});
	await fc.assert(property, { seed, numRuns: cases });
	collectGarbage();
	try {
		return checkMemory(before ?? process.memoryUsage(), process.memoryUsage(), MAX_GROWTH_MB);
	} catch (error) {
		return error as Error;
	}
}

class WebhookFuzzer {
	started = 0;
	refused = 0;
	private readonly runner: TriggerBench;
	private readonly hosted: TriggerBench;

	constructor(url: string) {
		const parameters = { events: [...EVENT_NAMES], options: { downloadMedia: true } };
		const key = { apiKey: API_KEY, instanceId: 'i' };
		this.runner = new TriggerBench({ connection: 'runner', url, ...key }, parameters);
		this.hosted = new TriggerBench({ connection: 'hosted', hostedUrl: url, ...key }, parameters);
	}

	async run(given: WebhookCase): Promise<void> {
		const answer = await inTime(this.runner.call(toCall(given, this.runner)));
		checkStatus(answer);
		if (given.disguise === 'signed' && answer.status === 401) {
			throw new Error('A genuine delivery was refused');
		}
		if (given.disguise !== 'signed' && (answer.item || ![401, 422].includes(answer.status))) {
			throw new Error(`A forged delivery was answered ${answer.status}`);
		}
		if (answer.item) {
			this.started++;
			checkItem(answer.item);
			if (this.started % EXECUTE_EVERY === 0) await inTime(this.runner.execute(answer.item));
		} else this.refused++;
		await this.runHosted(given);
	}

	/** The hosted service signs nothing: a wrong token is all that can be told from a right one. */
	private async runHosted(given: WebhookCase): Promise<void> {
		const call = toCall(given, this.hosted);
		const answer = await inTime(this.hosted.call(call));
		checkStatus(answer);
		if (!answer.item) return;
		checkItem(answer.item);
		if ('token' in call.query && call.query.token !== this.hosted.token) {
			throw new Error('A delivery with a wrong token started a workflow');
		}
	}
}

/** 409 is for what is being taken in twice at once. */
function checkStatus({ status }: WebhookOutcome): void {
	if (![200, 401, 409, 422].includes(status)) throw new Error(`Answered ${status}`);
}

/** n8n takes an object for each item. */
function checkItem(item: unknown): void {
	if (typeof item !== 'object' || item === null || Array.isArray(item)) {
		throw new Error(`Not an item: ${JSON.stringify(item)}`);
	}
}

async function inTime<T>(work: Promise<T>): Promise<T> {
	const { promise, reject } = Promise.withResolvers<never>();
	const timer = setTimeout(() => reject(new Error('No answer in time')), TIME_LIMIT_MS);
	try {
		return await Promise.race([work, promise]);
	} finally {
		clearTimeout(timer);
	}
}

/** A session runner that has nothing of what it is asked for. */
async function startEmptyHost(): Promise<Server> {
	const server = createServer((_, response) => {
		response.writeHead(404, { 'content-type': 'application/json' });
		response.end('{"error":"Message not found","code":"message_not_found","hint":"x"}');
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return server;
}
