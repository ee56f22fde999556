import assert from 'node:assert/strict';
import type { INodeTypeDescription } from 'n8n-workflow';
import { nodeTypes } from '../nodeDrafts';
import type { Stage } from '../Stage';

type ListedNode = INodeTypeDescription & { iconUrl?: unknown };

/** Each of our nodes is offered, and n8n serves both its icons. */
export async function listNodes({ api }: Stage): Promise<void> {
	const all = await api.listNodeTypes();
	for (const type of Object.values(nodeTypes)) {
		const node = all.find(({ name }) => name === type);
		assert.ok(node, `${type} is listed`);
		for (const theme of ['light', 'dark']) {
			const icon = await api.fetchFile(`/${toIconUrl(node, theme)}`);
			assert.match(icon.headers.get('content-type') ?? '', /svg/);
			assert.match(await icon.text(), /^<svg /);
		}
	}
}

function toIconUrl(node: ListedNode, theme: string): string {
	const url = (node.iconUrl as Record<string, unknown> | undefined)?.[theme];
	assert.ok(typeof url === 'string', `${node.name} has a ${theme} icon`);
	return url;
}
