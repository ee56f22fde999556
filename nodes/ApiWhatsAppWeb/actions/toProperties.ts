import type { INodeProperties } from 'n8n-workflow';
import type { Resource } from './Operation';

/** The node's fields: the resource, its operations, and each operation's own fields. */
export function toProperties(resources: Resource[], defaultResource: string): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map(({ name, value }) => ({ name, value })),
			default: defaultResource,
		},
		...resources.map(toOperationField),
		...resources.flatMap(toOperationProperties),
	];
}

function toOperationField(resource: Resource): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource.value] } },
		options: resource.operations.map(({ name, value, action, description }) => ({
			name,
			value,
			action,
			description,
		})),
		default: resource.defaultOperation,
	};
}

function toOperationProperties({ value, operations }: Resource): INodeProperties[] {
	return operations.flatMap((operation) =>
		operation.properties.map((property) => ({
			...property,
			displayOptions: {
				...property.displayOptions,
				show: {
					resource: [value],
					operation: [operation.value],
					...property.displayOptions?.show,
				},
			},
		})),
	);
}
