import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HookContext, WebhookContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeExecutionData,
	INodeParameters,
	IWebhookData,
	WorkflowActivateMode,
} from 'n8n-workflow';
import { ApiWhatsAppWebApi } from '../../../credentials/ApiWhatsAppWebApi.credentials';
import { ApiWhatsAppWebTrigger } from '../../../nodes/ApiWhatsAppWebTrigger/ApiWhatsAppWebTrigger.node';
import { createN8n, type N8n } from '../createN8n';
import { executeNode } from '../executeNode';

export interface TriggerWorkflow {
	webhookId: string;
	credential: ICredentialDataDecryptedObject;
	parameters?: INodeParameters;
	/** Public address, when it is not the one on loopback. */
	publicUrl?: string;
}

interface Active {
	workflow: TriggerWorkflow;
	n8n: N8n;
}

const trigger = new ApiWhatsAppWebTrigger();
const methods = trigger.webhookMethods.default;

/**
 * n8n as far as triggers go: serves webhooks over real HTTP, calls the node through n8n-core's own
 * contexts, and answers by n8n's rules for what a webhook returns.
 */
export class LocalN8n {
	/** The items of each execution that was started, by webhook id. */
	readonly executions: Array<{ webhookId: string; isTest: boolean; json: IDataObject }> = [];
	/** What the trigger put out in each of them, once it has: n8n answers the webhook before. */
	readonly outputs: Array<Promise<INodeExecutionData>> = [];
	private readonly events = new EventEmitter();
	/** Makes the start of the next execution fail, as a full database does. */
	failNextExecution = false;
	isHealthy = true;
	private readonly active = new Map<string, Active>();
	private readonly staticData = new Map<string, IDataObject>();
	private readonly server = createServer((request, response) => {
		void this.serve(request, response);
	});

	get port(): number {
		return (this.server.address() as AddressInfo).port;
	}

	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	async start(): Promise<this> {
		this.server.listen(0, '127.0.0.1');
		await once(this.server, 'listening');
		return this;
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		this.server.close();
		await once(this.server, 'close');
	}

	/** As n8n does on activation and on each of its starts. Tells whether `create` was called. */
	async activate(workflow: TriggerWorkflow, isTest = false): Promise<boolean> {
		const n8n = this.wire(workflow, isTest);
		this.active.set(toKey(workflow.webhookId, isTest), { workflow, n8n });
		const hook = toHook(n8n, isTest, isTest ? 'manual' : 'activate');
		const exists = await methods.checkExists.call(hook);
		if (!exists) await methods.create.call(hook);
		return !exists;
	}

	async deactivate(workflow: TriggerWorkflow, isTest = false): Promise<void> {
		this.active.delete(toKey(workflow.webhookId, isTest));
		// n8n says `update` also at the end of a test run.
		await methods.delete.call(toHook(this.wire(workflow, isTest), isTest, 'update'));
	}

	/** Resolves when at least so many executions have been started. */
	async started(count: number): Promise<void> {
		while (this.executions.length < count) await once(this.events, 'started');
	}

	/** What the trigger puts out in its execution; of its webhook it only got the item. */
	private async execute(active: Active, item: INodeExecutionData): Promise<INodeExecutionData> {
		const { credential, parameters } = active.workflow;
		const { output } = await executeNode({
			node: trigger,
			parameters,
			credentials: [{ type: new ApiWhatsAppWebApi(), data: credential }],
			items: [item],
		});
		return output[0]![0]!;
	}

	private wire(workflow: TriggerWorkflow, isTest: boolean): N8n {
		const { webhookId, credential, parameters } = workflow;
		const base = workflow.publicUrl ?? this.url;
		const n8n = createN8n({
			node: trigger,
			workflowId: `workflow-of-${webhookId}`,
			parameters,
			credentials: [{ type: new ApiWhatsAppWebApi(), data: credential }],
			additionalData: {
				webhookBaseUrl: `${base}/webhook`,
				webhookTestBaseUrl: `${base}/webhook-test`,
			},
		});
		n8n.node.webhookId = webhookId;
		if (isTest) return n8n;
		// n8n keeps that of production in its database, between activations as well.
		const kept = this.staticData.get(webhookId) ?? n8n.workflow.staticData;
		this.staticData.set(webhookId, kept);
		n8n.workflow.staticData = kept;
		return n8n;
	}

	private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
		if (pathname === '/healthz') {
			response.writeHead(this.isHealthy ? 200 : 503).end();
			return;
		}
		const [, endpoint, webhookId = ''] = pathname.split('/');
		const isTest = endpoint === 'webhook-test';
		const active = this.active.get(toKey(webhookId, isTest));
		if (!active) {
			response.writeHead(404).end();
			return;
		}
		const answer = toExpress(response);
		const rawBody = await readBody(request);
		const context = new WebhookContext(
			active.n8n.workflow,
			active.n8n.node,
			{
				...active.n8n.additionalData,
				httpRequest: Object.assign(request, {
					rawBody,
					body: JSON.parse(rawBody.toString() || '{}') as unknown,
					query: Object.fromEntries(searchParams),
					params: {},
				}) as never,
				httpResponse: answer as never,
			},
			isTest ? 'manual' : 'webhook',
			toWebhookData(isTest),
			[],
			null,
		);
		const result = await trigger.webhook.call(context);
		if (result.noWebhookResponse) return;
		if (result.workflowData === undefined) {
			answer.json(result.webhookResponse ?? { message: 'Webhook call received' });
			return;
		}
		if (this.failNextExecution) {
			this.failNextExecution = false;
			answer.status(500).json({ message: 'There was a problem executing the workflow' });
			return;
		}
		const item = result.workflowData[0]?.[0] ?? { json: {} };
		this.executions.push({ webhookId, isTest, json: item.json });
		this.outputs.push(this.execute(active, item));
		this.events.emit('started');
		answer.json({ message: 'Workflow was started' });
	}
}

function toKey(webhookId: string, isTest: boolean): string {
	return `${isTest ? 'webhook-test' : 'webhook'}/${webhookId}`;
}

function toHook(n8n: N8n, isTest: boolean, activation: WorkflowActivateMode): HookContext {
	const mode = activation === 'manual' ? 'manual' : 'internal';
	return new HookContext(
		n8n.workflow,
		n8n.node,
		n8n.additionalData,
		mode,
		activation,
		toWebhookData(isTest),
	);
}

function toWebhookData(isTest: boolean): IWebhookData {
	const webhookDescription = trigger.description.webhooks?.[0];
	return { isTest, webhookDescription } as IWebhookData;
}

/** What nodes use of an Express response. */
function toExpress(response: ServerResponse) {
	const express = Object.assign(response, {
		status(code: number) {
			response.statusCode = code;
			return express;
		},
		json(body: unknown) {
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify(body));
			return express;
		},
	});
	return express;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}
