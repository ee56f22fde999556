import { readFileSync } from 'node:fs';
import { NodeHelpers } from 'n8n-workflow';
import { ApiWhatsAppWebApi } from '../../credentials/ApiWhatsAppWebApi.credentials';

const credential = new ApiWhatsAppWebApi();

it.each([
	['embedded', ['connection', 'instanceName', 'linkNotice']],
	['runner', ['apiKey', 'connection', 'instanceId', 'url']],
	['hosted', ['apiKey', 'connection', 'hostedUrl', 'instanceId']],
])('shows only what the connection %s needs', (connection, fields) => {
	const shown = credential.properties
		.filter((property) => NodeHelpers.displayParameter({ connection }, property, null, null))
		.map(({ name }) => name);
	expect(shown.sort()).toEqual(fields);
});

it('is ready for use as it is: embedded, instance “default”', () => {
	const values = NodeHelpers.getNodeParameters(credential.properties, {}, true, false, null, null);
	expect(values).toEqual({ connection: 'embedded', instanceName: 'default', linkNotice: '' });
});

it('masks the key', () => {
	const masked = credential.properties.filter(({ typeOptions }) => typeOptions?.password);
	expect(masked.map(({ name }) => name)).toEqual(['apiKey']);
});

it('has a light and a dark icon that exist', () => {
	const { light, dark } = credential.icon as { light: string; dark: string };
	for (const icon of [light, dark]) {
		const file = new URL(icon.replace(/^file:/, ''), `file://${__dirname}/../../credentials/`);
		expect(readFileSync(file, 'utf8')).toContain('<svg');
	}
});
