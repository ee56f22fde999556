import { SsrfProtectionConfig } from '@n8n/config';
import { Container } from '@n8n/di';
import type { IExecuteFunctions, INodeType } from 'n8n-workflow';
import { ROUTES } from '../../../../contract';
import type { Connection } from '../../../../nodes/ApiWhatsAppWeb/transport';
import { ApiClient, createSender } from '../../../../nodes/ApiWhatsAppWeb/transport';
import type { Call } from '../../../../nodes/ApiWhatsAppWeb/transport/ApiClient';
import { FakeRunner } from '../../../fakes/FakeRunner';
import { executeNode } from '../../executeNode';

let runner: FakeRunner;
let connection: Connection;

beforeEach(async () => {
	runner = await new FakeRunner().start();
	const { id, apiKey } = runner.addInstance();
	connection = {
		kind: 'runner',
		baseUrl: runner.url,
		headers: { apiKey, id },
		instanceLabel: id,
	};
});
afterEach(() => runner.stop());

it('gives up after the time of the call, and says how long it waited', async () => {
	runner.fallSilent();
	await expect(callInN8n('getInstance', { timeoutMs: 500 })).rejects.toMatchObject({
		message: `${runner.url} did not answer within 1 s`,
		hint: expect.stringContaining('Retry on Fail') as string,
		isRemote: true,
	});
});

it('says how to get past n8n’s SSRF protection', async () => {
	const config = Container.get(SsrfProtectionConfig);
	config.enabled = true;
	try {
		await expect(callInN8n('getInstance')).rejects.toMatchObject({
			message: 'n8n’s SSRF protection does not let nodes reach 127.0.0.1',
			hint: expect.stringContaining('N8N_SSRF_ALLOWED') as string,
		});
	} finally {
		config.enabled = false;
	}
	expect(runner.requests).toEqual([]);
});

it('puts parameters into the path as one segment each', async () => {
	runner.answerNext({ status: 200 });
	await callInN8n('getMessage', { params: { messageId: '../../instance?x=1#y' } });
	expect(runner.requests[0]?.path).toBe(
		ROUTES.getMessage.path.replace(':messageId', encodeURIComponent('../../instance?x=1#y')),
	);
});

it('sends no id where a call is about no instance', async () => {
	connection.headers = { apiKey: runner.adminKey, id: '' };
	await callInN8n('listInstances');
	expect(runner.requests[0]?.headers).not.toHaveProperty('id');
});

/** Makes the call with n8n’s real request helper. */
async function callInN8n(name: keyof typeof ROUTES, call?: Call): Promise<unknown> {
	let outcome: Promise<unknown> | undefined;
	const node: INodeType = {
		description: {
			displayName: 'Caller',
			name: 'caller',
			group: [],
			version: 1,
			description: '',
			defaults: {},
			inputs: ['main'],
			outputs: ['main'],
			properties: [],
		},
		async execute(this: IExecuteFunctions) {
			outcome = new ApiClient(connection, createSender(this)).call(name, call);
			await outcome.catch(() => undefined);
			return [[]];
		},
	};
	await executeNode({ node });
	return await outcome;
}
