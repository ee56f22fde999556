import { readFileSync } from 'node:fs';
import path from 'node:path';
import { NodeHelpers } from 'n8n-workflow';
import { ApiWhatsAppWebApi } from '../../../credentials/ApiWhatsAppWebApi.credentials';
import { RESOURCES } from '../../../nodes/ApiWhatsAppWeb/actions/resources';
import { ApiWhatsAppWeb } from '../../../nodes/ApiWhatsAppWeb/ApiWhatsAppWeb.node';

const folder = path.join(__dirname, '../../../nodes/ApiWhatsAppWeb');
const { description, methods } = new ApiWhatsAppWeb();

const GROUP_OPERATIONS = [
	'addMembers',
	'create',
	'demoteMembers',
	'get',
	'getInviteLink',
	'getAll',
	'join',
	'leave',
	'promoteMembers',
	'removeMembers',
	'renewInviteLink',
	'setPicture',
	'update',
];
const INSTANCE_OPERATIONS = [
	'changeSettings',
	'connect',
	'getPairingCode',
	'getSettings',
	'getStatus',
	'logOut',
	'restart',
	'setAbout',
	'setProfilePicture',
];
const MESSAGE_OPERATIONS = [
	'delete',
	'downloadMedia',
	'edit',
	'forward',
	'get',
	'getAll',
	'markAsRead',
	'sendAudio',
	'sendContact',
	'sendDocument',
	'sendImage',
	'sendLocation',
	'sendPoll',
	'sendReaction',
	'sendSticker',
	'sendText',
	'sendVideo',
];

it('keeps the values that workflows store', () => {
	const stored = RESOURCES.map(({ value, operations }) => [value, operations.map((o) => o.value)]);
	expect(stored).toEqual([
		['chat', ['getAll', 'markAsRead', 'rejectCall', 'setDisappearing', 'showTyping']],
		['contact', ['checkNumber', 'get', 'getAll']],
		['group', GROUP_OPERATIONS],
		['instance', INSTANCE_OPERATIONS],
		['message', MESSAGE_OPERATIONS],
		['webhook', ['changeUrl', 'getUrls', 'listDeliveries', 'redeliver', 'sendTest']],
	]);
	expect(description).toMatchObject({ name: 'apiWhatsAppWeb', version: 1 });
});

it('describes every operation, so that lists, search, agents and the README can show it', () => {
	for (const { operations } of RESOURCES) {
		for (const { name, action, description: text } of operations) {
			expect({ name, action, text }).toEqual({
				name: expect.stringMatching(/^[A-Z]/) as string,
				action: expect.stringMatching(/^[A-Z].{5,}/) as string,
				text: expect.stringMatching(/^[A-Z].{15,}/) as string,
			});
		}
	}
});

it('begins with sending a text', () => {
	const values = NodeHelpers.getNodeParameters(
		description.properties,
		{},
		true,
		false,
		null,
		description,
	);
	expect(values).toEqual({
		resource: 'message',
		operation: 'sendText',
		number: { __rl: true, mode: 'number', value: '' },
		message: '',
		options: {},
	});
});

it('can be a tool of an AI agent', () => {
	expect(description.usableAsTool).toBe(true);
});

it('tests the credential that it asks for', () => {
	expect(description.credentials).toEqual([
		{ name: new ApiWhatsAppWebApi().name, required: true, testedBy: 'testConnection' },
	]);
	expect(methods.credentialTest.testConnection).toBeInstanceOf(Function);
});

it('has a light and a dark icon that exist, and a codex of its own name', () => {
	const { light, dark } = description.icon as { light: string; dark: string };
	for (const icon of [light, dark]) {
		const file = path.join(folder, icon.replace(/^file:/, ''));
		expect(readFileSync(file, 'utf8')).toContain('<svg');
	}
	const codex = readFileSync(path.join(folder, 'ApiWhatsAppWeb.node.json'), 'utf8');
	// Without `resources` n8n drops the whole codex.
	expect(JSON.parse(codex)).toMatchObject({
		node: `n8n-nodes-api-whatsapp-web.${description.name}`,
		categories: ['Communication'],
		resources: {},
	});
});

it('shows operations and options sorted by their labels', () => {
	for (const { operations } of RESOURCES) {
		const names = operations.map(({ name }) => name);
		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
	}
	for (const { type, options } of description.properties) {
		if (type !== 'collection') continue;
		const names = options?.map((each) => ('displayName' in each ? each.displayName : each.name));
		expect(names).toEqual([...(names ?? [])].sort((a, b) => a.localeCompare(b)));
	}
});

it('has a search behind every list', () => {
	const lists = description.properties.flatMap(({ modes = [] }) =>
		modes.flatMap(({ typeOptions }) => typeOptions?.searchListMethod ?? []),
	);
	expect(new Set(lists)).toEqual(new Set(Object.keys(methods.listSearch)));
});

it('asks for both angles of a place: nothing filled in is not zero', () => {
	const issuesOf = (value: unknown) =>
		['latitude', 'longitude'].map((name) => {
			const field = description.properties.find((each) => each.name === name)!;
			const values = { resource: 'message', operation: 'sendLocation', [name]: value as string };
			const node = { typeVersion: 1 } as never;
			return NodeHelpers.getParameterIssues(field, values, '', node, description);
		});
	expect(issuesOf('')).toEqual([
		{ parameters: { latitude: ['Parameter "Latitude" is required.'] } },
		{ parameters: { longitude: ['Parameter "Longitude" is required.'] } },
	]);
	expect(issuesOf('0')).toEqual([{}, {}]);
	expect(issuesOf(0)).toEqual([{}, {}]);
});

it('takes a recipient that a workflow of an earlier version holds as a text', () => {
	const field = description.properties.find(
		({ name, displayOptions }) =>
			name === 'number' && displayOptions?.show?.operation?.includes('sendText'),
	)!;
	const parameters = { resource: 'message', operation: 'sendText' };
	const issuesOf = (number: string) =>
		NodeHelpers.getParameterIssues(
			field,
			{ ...parameters, number },
			'',
			{ typeVersion: 1 } as never,
			description,
		);
	expect(issuesOf('={{ $json.number }}')).toEqual({});
	expect(issuesOf('')).toEqual({ parameters: { number: ['Parameter "To" is required.'] } });
});
