import type { INode } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

/** What the trigger's test and production URLs have in common: `<uuid>/webhook`. */
export function toWebhookPath(workflowId: string | undefined, node: INode): string {
	return NodeHelpers.getNodeWebhookPath(workflowId ?? '', node, 'webhook');
}
