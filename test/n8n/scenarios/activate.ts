import assert from 'node:assert/strict';
import type { Workflow } from '../N8nApi';
import type { Stage } from '../Stage';
import { waitUntil } from '../waitUntil';
import type { WorkflowDraft } from '../workflowDraft';

/** n8n answers before it has registered the trigger, so this waits until it has. */
export async function activate({ api }: Stage, draft: WorkflowDraft): Promise<Workflow> {
	const workflow = await api.activate(await api.createWorkflow(draft));
	const publication = await waitUntil(`${draft.name} to be published`, async () => {
		const found = await api.readPublication(workflow);
		return ['in_progress', 'not_published'].includes(found.status) ? undefined : found;
	});
	const errors = publication.triggers.map(({ errorMessage }) => errorMessage).join('; ');
	assert.equal(publication.status, 'published', errors);
	return workflow;
}
