/**
 * What n8n does with our built package, on the Node that runs this: loads every file of it that runs in
 * n8n's process, and uses the nodes. Prints a `Seen` as JSON.
 */
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import type { INodeParameters, INodeType } from 'n8n-workflow';
import type { ApiWhatsAppWebApi } from '../../../credentials/ApiWhatsAppWebApi.credentials';
import { FakeRunner } from '../../fakes/FakeRunner';
import type { GivenCredential } from '../createN8n';
import { executeNode } from '../executeNode';
import { storeBinary } from '../keepBinaryOnDisk';
import { testCredential } from '../testCredential';

/** What became of it all. */
export interface Seen {
	/** Files of the package, with what went wrong where something did. */
	loaded: Record<string, string>;
	embedded: { message: string; description: string; test: string };
	atUrl: { test: string; answers: unknown[]; requests: string[] };
}

const ROOT = join(__dirname, '../../..');
const load = createRequire(__filename);
const NUMBER = '15550001001';

function loadAll(): Record<string, string> {
	const folders = ['nodes', 'credentials', 'contract'].map((name) => join(ROOT, 'dist', name));
	const files = folders.flatMap((folder) =>
		readdirSync(folder, { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.js'))
			.map((file) => join(folder, file)),
	);
	return Object.fromEntries(
		[join(ROOT, 'index.js'), ...files].map((file) => {
			const name = relative(ROOT, file).split(sep).join('/');
			try {
				load(file);
				return [name, 'loaded'];
			} catch (error) {
				return [name, String(error)];
			}
		}),
	);
}

function create<T>(file: string, name: string): T {
	const classes = load(join(ROOT, 'dist', file)) as Record<string, new () => T>;
	return new classes[name]!();
}

async function useNodes(): Promise<Omit<Seen, 'loaded'>> {
	const node = create<INodeType>('nodes/ApiWhatsAppWeb/ApiWhatsAppWeb.node.js', 'ApiWhatsAppWeb');
	const type = create<ApiWhatsAppWebApi>(
		'credentials/ApiWhatsAppWebApi.credentials.js',
		'ApiWhatsAppWebApi',
	);
	const runner = await new FakeRunner().start();
	const { id: instanceId, apiKey } = runner.addInstance();
	const atUrl = { type, data: { connection: 'runner', url: runner.url, apiKey, instanceId } };
	const embedded = { type, data: { connection: 'embedded' } };
	const run = async (credential: GivenCredential, parameters: INodeParameters, items = [{}]) => {
		const { output } = await executeNode({ node, parameters, credentials: [credential], items });
		return output[0]?.[0]?.json;
	};
	const sendText = { resource: 'message', operation: 'sendText', number: NUMBER, message: 'Olá' };
	const sendImage = { resource: 'message', operation: 'sendImage', number: NUMBER };
	const photo = await storeBinary(Buffer.alloc(70_000, 7), { mimeType: 'image/jpeg' });
	const refusal = (await run(embedded, sendText).catch((error: unknown) => error)) as Error;
	const seen = {
		embedded: {
			message: refusal.message,
			description: String((refusal as { description?: unknown }).description),
			test: (await testCredential(node, embedded)).message,
		},
		atUrl: {
			test: (await testCredential(node, atUrl)).message,
			answers: [
				await run(atUrl, sendText),
				await run(atUrl, sendImage, [{ json: {}, binary: { data: photo } }]),
			],
			requests: runner.requests.map(({ method, path }) => `${method} ${path}`),
		},
	};
	await runner.stop();
	return seen;
}

async function main(): Promise<void> {
	const loaded = loadAll();
	const used = Object.values(loaded).every((outcome) => outcome === 'loaded')
		? await useNodes()
		: undefined;
	process.stdout.write(JSON.stringify({ loaded, ...used }));
}

main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
