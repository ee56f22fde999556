import assert from 'node:assert/strict';
import { toItems, type FinishedExecution, type Workflow } from '../N8nApi';
import { end, toAction, toTrigger } from '../nodeDrafts';
import { required, type Stage } from '../Stage';
import { waitUntil } from '../waitUntil';
import { toWorkflowDraft } from '../workflowDraft';
import { activate } from './activate';

/** received → send text back */
export async function activateAnswering(stage: Stage): Promise<void> {
	const credential = required(stage.credential, 'credential');
	stage.answering = await activate(
		stage,
		toWorkflowDraft('Answer', [
			toTrigger(credential, ['received']),
			toAction('Send', credential, {
				resource: 'message',
				operation: 'sendText',
				number: '={{ $json.number }}',
				message: '=You said: {{ $json.message }}',
			}),
		]),
	);
}

/** status → no operation */
export async function activateWatching(stage: Stage): Promise<void> {
	const credential = required(stage.credential, 'credential');
	stage.watching = await activate(
		stage,
		toWorkflowDraft('Watch', [toTrigger(credential, ['status']), end]),
	);
}

/** A message of the contact starts the workflow once, and what it sends reaches the contact. */
export async function answerMessage(stage: Stage): Promise<void> {
	const workflow = required(stage.answering, 'workflow that answers');
	await stage.contact.sendText(stage.phone, 'hello');
	const answer = await stage.contact.receive(({ text }) => text === 'You said: hello');
	const [execution] = await stage.api.waitForExecutions(workflow, 1);
	assert.equal(execution?.status, 'success');
	assert.equal(toItems(execution, 'Trigger')[0]?.json.seq, 1);
	const [sent] = toItems(execution, 'Send');
	assert.equal(sent?.json.messageId, answer.id);
	assert.deepEqual(await readTexts(stage, workflow, 'hello'), ['hello']);
}

/** The states of our message start the second workflow: RECEIVED, then READ, once each. */
export async function reportStatus(stage: Stage): Promise<void> {
	const workflow = required(stage.watching, 'workflow that watches');
	await stage.contact.sendText(stage.phone, 'are you there');
	const answer = await stage.contact.receive(({ text }) => text === 'You said: are you there');
	await readStatuses(stage, workflow, answer.id, 'RECEIVED');
	stage.contact.markRead(answer.id);
	assert.deepEqual(await readStatuses(stage, workflow, answer.id, 'READ'), ['RECEIVED', 'READ']);
}

/** The states of a message that started the workflow, oldest first, once the run for `last` has ended. */
async function readStatuses(
	{ api }: Stage,
	workflow: Workflow,
	messageId: string,
	last: string,
): Promise<unknown[]> {
	return await waitUntil(`the run for ${last}`, async () => {
		const statuses = (await api.readExecutions(workflow))
			.flatMap((execution) => toItems(execution, 'End'))
			.filter(({ json }) => json.messageId === messageId)
			.map(({ json }) => json.status);
		return statuses.includes(last) ? statuses : undefined;
	});
}

/** The texts with which a workflow was started, oldest first, once the run for `last` has ended. */
export async function readTexts(
	{ api }: Stage,
	workflow: Workflow,
	last: string,
): Promise<string[]> {
	return await waitUntil(`the run for "${last}"`, async () => {
		const texts = (await api.readExecutions(workflow)).map(toReceivedText);
		return texts.includes(last) ? texts : undefined;
	});
}

function toReceivedText(execution: FinishedExecution): string {
	const message = toItems(execution, 'Trigger')[0]?.json.message;
	assert.ok(typeof message === 'string', 'the trigger puts the message out');
	return message;
}
