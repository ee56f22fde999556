import 'reflect-metadata';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Container } from '@n8n/di';
import { InstanceSettings } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentialsHelper,
	ICredentialType,
	INode,
	INodeParameters,
	INodeType,
	INodeTypes,
	IWorkflowExecuteAdditionalData,
	IWorkflowSettings,
} from 'n8n-workflow';
import { NodeHelpers, Workflow } from 'n8n-workflow';

// Stands in for n8n's settings file: a test neither reads nor writes the user's n8n folder.
Container.set(InstanceSettings, {
	instanceId: 'test-instance',
	hmacSignatureSecret: 'test-hmac-secret',
	encryptionKey: 'test-encryption-key',
	n8nFolder: join(tmpdir(), 'n8n-folder-that-nobody-makes'),
} as InstanceSettings);

/** Credential values by type name; `type` supplies the fields, as n8n's own credential store does. */
export interface GivenCredential {
	type: ICredentialType;
	data: ICredentialDataDecryptedObject;
}

export interface N8nOptions {
	/** The node class under test. */
	node: INodeType;
	parameters?: INodeParameters;
	credentials?: GivenCredential[];
	/** As in the node's settings: a failed item becomes an item with `error`. */
	continueOnFail?: boolean;
	/** The node's name in the workflow. */
	nodeName?: string;
	executionId?: string;
	workflowId?: string;
	workflowSettings?: IWorkflowSettings;
	/** Merged over the additional data n8n hands to every context, such as `httpRequest`. */
	additionalData?: Partial<IWorkflowExecuteAdditionalData>;
}

/** What every n8n-core context is made from. */
export interface N8n {
	workflow: Workflow;
	node: INode;
	additionalData: IWorkflowExecuteAdditionalData;
}

/** Wires a workflow of one node, with n8n's real parameter defaults, expressions and requests. */
export function createN8n(options: N8nOptions): N8n {
	const { description } = options.node;
	const credentials = options.credentials ?? [];
	const version = Array.isArray(description.version)
		? Math.max(...description.version)
		: description.version;
	const node: INode = {
		id: 'node-id',
		name: options.nodeName ?? description.displayName,
		type: `n8n-nodes-api-whatsapp-web.${description.name}`,
		typeVersion: version,
		position: [0, 0],
		parameters: options.parameters ?? {},
		webhookId: 'webhook-id',
		...(options.continueOnFail ? { onError: 'continueRegularOutput' } : {}),
		credentials: Object.fromEntries(
			credentials.map(({ type }) => [type.name, { id: '1', name: type.displayName }]),
		),
	};
	const nodeTypes: INodeTypes = {
		getByName: () => options.node,
		getByNameAndVersion: () => options.node,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({
		id: options.workflowId ?? 'workflow-id',
		name: 'Test workflow',
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes,
		settings: options.workflowSettings ?? {},
	});
	const prepared = workflow.getNode(node.name);
	if (!prepared) throw new Error('The workflow lost its only node');
	return { workflow, node: prepared, additionalData: createAdditionalData(options, credentials) };
}

function createAdditionalData(
	options: N8nOptions,
	credentials: GivenCredential[],
): IWorkflowExecuteAdditionalData {
	const base = 'http://localhost:5678';
	return {
		credentialsHelper: createCredentialsHelper(credentials),
		executionId: options.executionId ?? '1',
		currentNodeExecutionIndex: 0,
		restApiUrl: `${base}/rest`,
		instanceBaseUrl: base,
		formBaseUrl: `${base}/form`,
		formWaitingBaseUrl: `${base}/form-waiting`,
		formTestBaseUrl: `${base}/form-test`,
		webhookBaseUrl: `${base}/webhook`,
		webhookWaitingBaseUrl: `${base}/webhook-waiting`,
		webhookTestBaseUrl: `${base}/webhook-test`,
		mcpBaseUrl: `${base}/mcp`,
		mcpTestBaseUrl: `${base}/mcp-test`,
		variables: {},
		...options.additionalData,
		// What a single node never asks for (sub-workflows, task runners, AI events) is left out.
	} as IWorkflowExecuteAdditionalData;
}

/** Decryption aside, what n8n does: fills in defaults and drops the fields that are not displayed. */
function createCredentialsHelper(credentials: GivenCredential[]): ICredentialsHelper {
	const helper: Pick<
		ICredentialsHelper,
		'getDecrypted' | 'isCredentialUsableByNode' | 'getCredentialsProperties' | 'getParentTypes'
	> = {
		getDecrypted: async (_additionalData, _nodeCredentials, typeName) => {
			const given = credentials.find(({ type }) => type.name === typeName);
			if (!given) throw new Error(`The test gave no credential of type "${typeName}"`);
			return toDecrypted(given);
		},
		isCredentialUsableByNode: () => true,
		getCredentialsProperties: (typeName) =>
			credentials.find(({ type }) => type.name === typeName)?.type.properties ?? [],
		getParentTypes: () => [],
	};
	return helper as ICredentialsHelper;
}

/** The values a node sees of a stored credential. */
export function toDecrypted({ type, data }: GivenCredential): ICredentialDataDecryptedObject {
	const values = NodeHelpers.getNodeParameters(
		type.properties,
		data as INodeParameters,
		true,
		false,
		null,
		null,
	);
	return (values ?? {}) as ICredentialDataDecryptedObject;
}
