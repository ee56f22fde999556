import { randomUUID } from 'node:crypto';
import type { IConnections, INode, INodeParameters } from 'n8n-workflow';

export interface WorkflowDraft {
	name: string;
	nodes: INode[];
	connections: IConnections;
}

export interface NodeDraft {
	name: string;
	type: string;
	typeVersion?: number;
	parameters?: INodeParameters;
	credentials?: INode['credentials'];
}

/** A workflow whose nodes follow one another in the order given. */
export function toWorkflowDraft(name: string, drafts: NodeDraft[]): WorkflowDraft {
	const nodes = drafts.map((draft, index): INode => ({
		typeVersion: 1,
		parameters: {},
		...draft,
		id: randomUUID(),
		position: [index * 220, 0],
		// n8n tells webhooks of different nodes apart by this id; the editor makes it up likewise.
		webhookId: randomUUID(),
	}));
	const connections: IConnections = {};
	drafts.forEach(({ name: source }, index) => {
		const next = drafts[index + 1];
		if (next) connections[source] = { main: [[{ node: next.name, type: 'main', index: 0 }]] };
	});
	return { name, nodes, connections };
}
