import type { Contact } from '../../../simulator';
import type { Scene } from './Scene';
import type { Lie, Step } from './Step';
import type { Said, Story } from './Story';

const TIMEOUT_MS = 20_000;

/** Does what honest people do, and writes down what is true from then on. */
export async function playHonestly(
	step: Exclude<Step, Lie>,
	scene: Scene,
	story: Story,
): Promise<void> {
	switch (step.kind) {
		case 'hear':
			return await hear(step, scene, story);
		case 'say':
			return await say(step.to, scene, story);
		case 'edit':
			return await edit(story.pick(step.which, isChangeable), scene, story);
		case 'delete':
			return await remove(story.pick(step.which, isChangeable), scene);
		case 'read':
			return read(story.pick(step.which, isOurs), scene);
		case 'call': {
			const call = scene.ann.call(scene.phone);
			story.calls.push({ id: call.id, hangUp: () => call.hangUp() });
			return;
		}
		case 'join':
			if (!scene.late.has(scene.mallory)) scene.late.join(scene.mallory);
			return;
	}
}

const isChangeable = ({ isDeleted }: Said): boolean => !isDeleted;
const isOurs = ({ author, isDeleted }: Said): boolean => !author && !isDeleted;

async function hear(
	{ by, place, answers }: Extract<Step, { kind: 'hear' }>,
	scene: Scene,
	story: Story,
): Promise<void> {
	const writer = by === 0 ? scene.ann : scene.lida;
	const target = scene.groupOf(place) ?? scene.phone;
	const chat = scene.chatOf(place, writer);
	const id = story.laterIds.shift();
	const text = story.write([writer, ...(scene.groupOf(place)?.participants ?? [])]);
	const answered = answers
		? story.pick(0, (said) => isOurs(said) && said.chat === chat)
		: undefined;
	const quoted = answered && { id: answered.id, message: { conversation: answered.texts[0] } };
	const options = { ...(id && { id }), ...(quoted && { quoted }) };
	story.add({ id: await writer.sendText(target, text, options), chat, author: writer, text });
	answered?.statuses.add(`REPLIED ${scene.groupOf(place) ? writer.pn : null}`);
}

async function say(
	to: Extract<Step, { kind: 'say' }>['to'],
	scene: Scene,
	story: Story,
): Promise<void> {
	const target = scene[to];
	const isPerson = 'pn' in target;
	const readers = isPerson ? [target] : [...target.participants];
	const text = story.write(readers);
	const { stage } = scene;
	const number = isPerson ? target.number : target.jid;
	const { messageId } = await stage.call<{ messageId: string }>('POST', '/api/text', {
		number,
		message: text,
	});
	const chat = isPerson ? target.pn : target.jid;
	const said = story.add({ id: messageId, chat, author: undefined, text });
	for (const reader of readers as Contact[]) {
		if (reader === (scene.phone as unknown)) continue;
		await reader.receive(({ id }) => id === messageId, { timeoutMs: TIMEOUT_MS });
		said.statuses.add(`RECEIVED ${isPerson ? null : reader.pn}`);
	}
}

async function edit(said: Said | undefined, scene: Scene, story: Story): Promise<void> {
	if (!said) return;
	const readers = readersOf(said, scene);
	const text = story.write([said.author, ...readers]);
	if (said.author) {
		await said.author.edit(targetOf(said, scene), said.id, text);
	} else {
		await scene.stage.call('PUT', `/api/message/${said.id}`, { message: text });
	}
	said.texts.push(text);
}

async function remove(said: Said | undefined, scene: Scene): Promise<void> {
	if (!said) return;
	if (said.author) {
		await said.author.revoke(targetOf(said, scene), said.id);
	} else {
		await scene.stage.call('DELETE', `/api/message/${said.id}`);
	}
	said.statuses.add('DELETED null');
	said.isDeleted = true;
}

function read(said: Said | undefined, scene: Scene): void {
	if (!said) return;
	const group = groupOf(said, scene);
	const reader = group ? scene.ann : readersOf(said, scene)[0];
	if (!reader) return;
	reader.markRead(said.id);
	// She may have said before that she has played it, and a status never goes back.
	if (reader === scene.mallory) return;
	said.statuses.add(`READ ${group ? reader.pn : null}`);
}

const groupOf = ({ chat }: Said, { team, open, late }: Scene) =>
	[team, open, late].find(({ jid }) => jid === chat);

const targetOf = (said: Said, scene: Scene) => groupOf(said, scene) ?? scene.phone;

/** The contacts who may read what is said in that chat now. */
function readersOf(said: Said, scene: Scene): Contact[] {
	const { ann, lida, mallory } = scene;
	const group = groupOf(said, scene);
	return [ann, lida, mallory].filter((one) => (group ? group.has(one) : one.pn === said.chat));
}
