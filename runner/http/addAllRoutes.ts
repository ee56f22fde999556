import type { FastifyInstance } from 'fastify';
import type { HttpParts } from './HttpParts';
import { addAdminRoutes } from './routes/adminRoutes';
import { addConfigRoutes } from './routes/configRoutes';
import { addDeliveryRoutes } from './routes/deliveryRoutes';
import { addInstanceRoutes } from './routes/instanceRoutes';
import { addLinkingRoutes } from './routes/linkingRoutes';
import { addMessageRoutes } from './routes/messageRoutes';
import { addOperationRoutes } from './routes/operationRoutes';
import { addSubscriptionRoutes } from './routes/subscriptionRoutes';

/** Every route of the contract. */
export function addAllRoutes(server: FastifyInstance, parts: HttpParts): void {
	addMessageRoutes(server, parts);
	addInstanceRoutes(server, parts);
	addLinkingRoutes(server, parts);
	addConfigRoutes(server, parts);
	addSubscriptionRoutes(server, parts);
	addDeliveryRoutes(server, parts);
	addAdminRoutes(server, parts);
	addOperationRoutes(server, parts);
}
