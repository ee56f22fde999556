import type { IDataObject, INodeExecutionData, INodeTypeDescription, IRun } from 'n8n-workflow';
import { parseFlatted } from './parseFlatted';
import { waitUntil } from './waitUntil';
import type { WorkflowDraft } from './workflowDraft';

export interface Workflow {
	id: string;
	versionId: string;
	name: string;
	active: boolean;
}

export interface Execution {
	id: string;
	workflowId: string;
	mode: string;
	status: 'new' | 'running' | 'success' | 'error' | 'waiting' | 'canceled' | 'crashed' | 'unknown';
}

/** An execution with what its nodes put out. */
export interface FinishedExecution extends Execution {
	run: IRun['data'];
}

export interface CredentialTest {
	status: 'OK' | 'Error';
	message: string;
}

export interface Publication {
	status: 'in_progress' | 'not_published' | 'published' | 'partial' | 'failed';
	triggers: Array<{ nodeId: string; status: string; errorMessage: string | null }>;
}

export interface Credential {
	id: string;
	name: string;
	type: string;
}

/** What n8n's own editor does, over the same REST API. */
export class N8nApi {
	private cookie = '';

	constructor(private readonly url: string) {}

	/** Makes the owner of an empty n8n and keeps its session, which outlives restarts of n8n. */
	async setUpOwner(): Promise<void> {
		const answer = await this.request('POST', '/rest/owner/setup', {
			email: 'owner@example.com',
			firstName: 'Test',
			lastName: 'Owner',
			password: 'Owner-0f-this-test',
		});
		this.cookie = answer.headers
			.getSetCookie()
			.map((cookie) => cookie.split(';', 1)[0])
			.join('; ');
	}

	/** Every node that n8n has loaded. */
	async listNodeTypes(): Promise<Array<INodeTypeDescription & { iconUrl?: unknown }>> {
		const answer = await this.request('GET', '/types/nodes.json');
		return (await answer.json()) as Array<INodeTypeDescription & { iconUrl?: unknown }>;
	}

	/** Anything that n8n serves as it is, such as an icon. */
	async fetchFile(path: string): Promise<Response> {
		return await this.request('GET', path);
	}

	async createCredential(type: string, name: string, data: IDataObject): Promise<Credential> {
		return await this.call('POST', '/rest/credentials', { type, name, data });
	}

	/** What the editor shows after "Save" or "Retry" in a credential. */
	async testCredential(credential: Credential, data: IDataObject): Promise<CredentialTest> {
		const { id, name, type } = credential;
		return await this.call('POST', '/rest/credentials/test', {
			credentials: { id, name, type, data },
		});
	}

	async createWorkflow(draft: WorkflowDraft): Promise<Workflow> {
		return await this.call('POST', '/rest/workflows', { settings: {}, ...draft });
	}

	async activate(workflow: Workflow): Promise<Workflow> {
		const { id, versionId } = workflow;
		return await this.call('POST', `/rest/workflows/${id}/activate`, { versionId });
	}

	async deactivate(workflow: Workflow): Promise<Workflow> {
		return await this.call('POST', `/rest/workflows/${workflow.id}/deactivate`, {});
	}

	/** How far n8n is with registering the triggers of an active workflow. */
	async readPublication(workflow: Workflow): Promise<Publication> {
		return await this.call('GET', `/rest/workflows/${workflow.id}/publication-status`);
	}

	/** "Execute workflow" in the editor. Resolves to the execution's id, undefined if it waits for a webhook. */
	async run(workflow: Workflow, triggerName: string): Promise<string | undefined> {
		const answer = await this.call<{ executionId?: string }>(
			'POST',
			`/rest/workflows/${workflow.id}/run`,
			{ triggerToStartFrom: { name: triggerName } },
		);
		return answer.executionId;
	}

	/** The executions of a workflow, latest first, running ones included. */
	async listExecutions(workflow: Workflow): Promise<Execution[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow.id }));
		const { results } = await this.call<{ results: Execution[] }>(
			'GET',
			`/rest/executions?limit=100&filter=${filter}`,
		);
		return results;
	}

	/** One execution with the output of its nodes so far. */
	async getExecution(id: string): Promise<FinishedExecution> {
		const { data, ...execution } = await this.call<Execution & { data: string }>(
			'GET',
			`/rest/executions/${id}`,
		);
		return { ...execution, run: parseFlatted(data) as IRun['data'] };
	}

	/** Waits for an execution to end, however it ends. */
	async waitForEnd(id: string, timeoutMs?: number): Promise<FinishedExecution> {
		return await waitUntil(
			`execution ${id} to end`,
			async () => {
				const execution = await this.getExecution(id);
				return ['new', 'running'].includes(execution.status) ? undefined : execution;
			},
			timeoutMs,
		);
	}

	/** The ended executions of a workflow with their output, oldest first. */
	async readExecutions(workflow: Workflow): Promise<FinishedExecution[]> {
		const ended = (await this.listExecutions(workflow)).filter(
			({ status }) => !['new', 'running'].includes(status),
		);
		return await Promise.all(ended.reverse().map(async ({ id }) => await this.getExecution(id)));
	}

	/** Waits until a workflow has at least `count` ended executions; resolves to all of them, oldest first. */
	async waitForExecutions(workflow: Workflow, count: number): Promise<FinishedExecution[]> {
		return await waitUntil(`execution ${count} of ${workflow.name}`, async () => {
			const ended = await this.readExecutions(workflow);
			return ended.length >= count ? ended : undefined;
		});
	}

	/** The bytes of a binary property, wherever n8n keeps them. */
	async readBinary(binary: { id?: string; data: string }): Promise<Buffer> {
		if (!binary.id) return Buffer.from(binary.data, 'base64');
		const id = encodeURIComponent(binary.id);
		const answer = await this.request('GET', `/rest/binary-data?id=${id}&action=download`);
		return Buffer.from(await answer.arrayBuffer());
	}

	private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
		const answer = await this.request(method, path, body);
		return ((await answer.json()) as { data: T }).data;
	}

	private async request(method: string, path: string, body?: unknown): Promise<Response> {
		const answer = await fetch(this.url + path, {
			method,
			headers: {
				// n8n ties a session to the browser that opened it.
				'browser-id': 'test',
				...(this.cookie && { cookie: this.cookie }),
				...(body !== undefined && { 'content-type': 'application/json' }),
			},
			...(body !== undefined && { body: JSON.stringify(body) }),
			signal: AbortSignal.timeout(60_000),
		});
		if (!answer.ok) {
			const text = (await answer.text()).slice(0, 2000);
			throw new Error(`n8n answered ${answer.status} to ${method} ${path}: ${text}`);
		}
		return answer;
	}
}

/** What a node put out on its first output; [] if it did not run. */
export function toItems(execution: FinishedExecution, nodeName: string): INodeExecutionData[] {
	return execution.run.resultData.runData[nodeName]?.at(-1)?.data?.main?.[0] ?? [];
}
