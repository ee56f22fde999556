import { EventEmitter } from 'node:events';
import { parse as parseQuery } from 'node:querystring';
import { WebhookContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeParameters,
	IWebhookData,
} from 'n8n-workflow';
import { ApiWhatsAppWebApi } from '../../../credentials/ApiWhatsAppWebApi.credentials';
// With its ending: Node takes the .node.json beside it otherwise.
import { ApiWhatsAppWebTrigger } from '../../../nodes/ApiWhatsAppWebTrigger/ApiWhatsAppWebTrigger.node.ts';
import { toSigningSecret, toUrlToken } from '../../../nodes/ApiWhatsAppWebTrigger/toSecrets';
import { toWebhookPath } from '../../../nodes/ApiWhatsAppWebTrigger/toWebhookPath';
import { createN8n, type N8n } from '../../nodes/createN8n';
import { executeNode } from '../../nodes/executeNode';

export const API_KEY = 'key-of-the-fuzzed-trigger';

export interface WebhookCall {
	readonly headers: Readonly<Record<string, string>>;
	readonly query: Readonly<Record<string, unknown>>;
	readonly bytes: Buffer;
}

/** What came of a call: what n8n would have answered, and the item an execution would have begun with. */
export interface WebhookOutcome {
	readonly status: number;
	readonly item: IDataObject | undefined;
}

const trigger = new ApiWhatsAppWebTrigger();

/** n8n's side of one trigger's webhook: parses bodies as n8n does, calls the node, and answers. */
export class TriggerBench {
	readonly secret: string;
	readonly token: string;
	private readonly n8n: N8n;

	constructor(
		private readonly credential: ICredentialDataDecryptedObject,
		private readonly parameters: INodeParameters,
	) {
		const credentials = [{ type: new ApiWhatsAppWebApi(), data: credential }];
		this.n8n = createN8n({ node: trigger, parameters, credentials });
		const path = toWebhookPath(this.n8n.workflow.id, this.n8n.node);
		this.secret = toSigningSecret(API_KEY, path);
		this.token = toUrlToken(API_KEY, path);
	}

	/** Rejects when the node throws: n8n would start a failed execution. */
	async call({ headers, query, bytes }: WebhookCall): Promise<WebhookOutcome> {
		const parsed = parse(headers['content-type'] ?? '', bytes);
		// n8n refuses what says it is JSON and is none; the node never sees it.
		if (parsed === undefined) return { status: 422, item: undefined };
		const response = new FakeResponse();
		const httpRequest = { headers, query, params: {}, rawBody: bytes, body: parsed.body };
		const context = new WebhookContext(
			this.n8n.workflow,
			this.n8n.node,
			{
				...this.n8n.additionalData,
				httpRequest: httpRequest as never,
				httpResponse: response as never,
			},
			'webhook',
			{ isTest: false, webhookDescription: trigger.description.webhooks?.[0] } as IWebhookData,
			[],
			null,
		);
		const result = await trigger.webhook.call(context);
		if (!result.noWebhookResponse) response.json(result.webhookResponse);
		response.emit('close');
		if (!response.writableEnded) throw new Error('The caller would wait for ever');
		return { status: response.statusCode, item: result.workflowData?.[0]?.[0]?.json };
	}

	/** What the trigger puts out in the execution that such an item begins. */
	async execute(item: IDataObject): Promise<IDataObject | undefined> {
		const { output } = await executeNode({
			node: trigger,
			parameters: this.parameters,
			credentials: [{ type: new ApiWhatsAppWebApi(), data: this.credential }],
			items: [{ json: item }],
		});
		return output[0]?.[0]?.json;
	}
}

/** What nodes use of an Express response. */
class FakeResponse extends EventEmitter {
	statusCode = 200;
	writableEnded = false;
	writableFinished = false;

	status(code: number): this {
		this.statusCode = code;
		return this;
	}

	json(body: unknown): this {
		JSON.stringify(body);
		return this.end();
	}

	end(): this {
		this.writableEnded = true;
		this.writableFinished = true;
		return this;
	}
}

/** As n8n's body parser: undefined when it refuses. */
function parse(contentType: string, bytes: Buffer): { body: unknown } | undefined {
	const text = bytes.toString();
	if (contentType.startsWith('application/json')) {
		try {
			return { body: text === '' ? {} : (JSON.parse(text) as unknown) };
		} catch {
			return undefined;
		}
	}
	if (contentType.startsWith('application/x-www-form-urlencoded'))
		return { body: parseQuery(text) };
	return { body: contentType.startsWith('text/plain') ? text : undefined };
}
