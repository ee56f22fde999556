import { globSync } from 'node:fs';
import type {
	INodeParameters,
	INodeProperties,
	INodeTypeDescription,
	IWorkflowBase,
} from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { ApiWhatsAppWeb } from '../../nodes/ApiWhatsAppWeb/ApiWhatsAppWeb.node';
import { ApiWhatsAppWebTrigger } from '../../nodes/ApiWhatsAppWebTrigger/ApiWhatsAppWebTrigger.node';
import { readDocument, ROOT } from './readDocument';

const PACKAGE = 'n8n-nodes-api-whatsapp-web.';
const OURS: Record<string, INodeTypeDescription> = Object.fromEntries(
	[new ApiWhatsAppWeb(), new ApiWhatsAppWebTrigger()].map(({ description }) => [
		PACKAGE + description.name,
		description,
	]),
);

const readWorkflow = (file: string) => JSON.parse(readDocument(file)) as IWorkflowBase;

describe.each(globSync('examples/*.json', { cwd: ROOT }))('the example %s', (file) => {
	const workflow = readWorkflow(file);

	test('uses our nodes, with parameters that they have', () => {
		const ours = workflow.nodes.filter(({ type }) => type.startsWith(PACKAGE));
		expect(ours.length).toBeGreaterThan(0);
		for (const { type, typeVersion, parameters } of ours) {
			const description = OURS[type];
			expect([type, description?.version]).toEqual([type, typeVersion]);
			if (description) expect(toUnknown(parameters, description)).toEqual([]);
		}
	});

	test('connects nodes that exist', () => {
		const names = workflow.nodes.map(({ name }) => name);
		const connected = Object.entries(workflow.connections).flatMap(([from, { main = [] }]) => [
			from,
			...main.flatMap((targets) => (targets ?? []).map(({ node }) => node)),
		]);
		expect(connected.filter((name) => !names.includes(name))).toEqual([]);
	});

	test('carries no credential and no number', () => {
		expect(workflow.nodes.filter(({ credentials }) => credentials)).toEqual([]);
		expect(JSON.stringify(workflow.nodes.map(({ parameters }) => parameters))).not.toMatch(
			/\d{7,}/,
		);
	});
});

/** Parameters that a node would not show, and choices that it does not offer. */
function toUnknown(given: INodeParameters, description: INodeTypeDescription): string[] {
	const filled = { ...defaultsOf(description.properties), ...given };
	return Object.entries(given).flatMap(([name, value]) => {
		const property = description.properties.find(
			(one) => one.name === name && NodeHelpers.displayParameter(filled, one, null, description),
		);
		if (!property) return [name];
		const options = property.options ?? [];
		if (property.type === 'collection') {
			const known = options.map((option) => option.name);
			return Object.keys(value as object).filter((key) => !known.includes(key));
		}
		if (!/options/i.test(property.type)) return [];
		const offered = options.map((option) => ('value' in option ? option.value : undefined));
		return [value].flat().some((one) => !offered.includes(one as string)) ? [name] : [];
	});
}

const defaultsOf = (properties: INodeProperties[]): INodeParameters =>
	Object.fromEntries<INodeParameters[string]>(properties.map((one) => [one.name, one.default]));
