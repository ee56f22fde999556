import type { INode, INodeParameters } from 'n8n-workflow';
import type { EventName } from '../../contract';
import type { Credential } from './N8nApi';
import type { NodeDraft } from './workflowDraft';

const packageName = 'n8n-nodes-api-whatsapp-web';

export const nodeTypes = {
	action: `${packageName}.apiWhatsAppWeb`,
	trigger: `${packageName}.apiWhatsAppWebTrigger`,
};

export const credentialType = 'apiWhatsAppWebApi';

export const manualStart: NodeDraft = { name: 'Start', type: 'n8n-nodes-base.manualTrigger' };

export const end: NodeDraft = { name: 'End', type: 'n8n-nodes-base.noOp' };

/** The action node with one of its operations. */
export function toAction(
	name: string,
	credential: Credential,
	parameters: INodeParameters & { resource: string; operation: string },
): NodeDraft {
	return { name, type: nodeTypes.action, parameters, credentials: toReference(credential) };
}

/** The trigger node, for these events. */
export function toTrigger(
	credential: Credential,
	events: EventName[],
	options: INodeParameters = {},
): NodeDraft {
	return {
		name: 'Trigger',
		type: nodeTypes.trigger,
		parameters: { events, options },
		credentials: toReference(credential),
	};
}

function toReference({ id, name }: Credential): INode['credentials'] {
	return { [credentialType]: { id, name } };
}
