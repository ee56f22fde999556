import { readFileSync } from 'node:fs';
import path from 'node:path';
import { NodeHelpers } from 'n8n-workflow';
import { ApiWhatsAppWebApi } from '../../../credentials/ApiWhatsAppWebApi.credentials';
import { RESOURCES } from '../../../nodes/ApiWhatsAppWeb/actions/resources';
import { ApiWhatsAppWeb } from '../../../nodes/ApiWhatsAppWeb/ApiWhatsAppWeb.node';

const folder = path.join(__dirname, '../../../nodes/ApiWhatsAppWeb');
const { description, methods } = new ApiWhatsAppWeb();

it('keeps the values that workflows store', () => {
	const stored = RESOURCES.map(({ value, operations }) => [value, operations.map((o) => o.value)]);
	expect(stored).toEqual([
		['instance', ['connect', 'getPairingCode', 'getStatus', 'logOut', 'restart']],
		['message', ['get', 'sendText']],
		['webhook', ['changeUrl', 'getUrls', 'sendTest']],
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
		number: '',
		message: '',
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
