/**
 * A host in one process for a service in another: the main process offers its host with `offerHost`, and the two ask
 * each other over `connectPeer`. Imports neither Electron nor the service.
 */
export { connectPeer, type Peer, type Wire } from './calls.ts';
export { type ForkListener, offerHost } from './offer-host.ts';
export type { AttachMessage, MainProcedures, ReadyMessage, ServiceProcedures } from './procedures.ts';
