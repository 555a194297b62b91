// @ts-check
import { horizons } from './settings.mjs';

const date = { type: 'string', format: 'date', description: 'Today when absent.' };
const horizon = { type: 'integer', enum: horizons, description: 'Trading days ahead.' };
const topK = { type: 'integer', minimum: 1, maximum: 500 };
const weights = {
  type: 'object',
  additionalProperties: { type: 'number', minimum: 0, maximum: 1 },
  description: 'Fraction of the portfolio by code.',
};
const value = { type: 'number', minimum: 0, description: 'Value of the portfolio; 1 when absent.' };
const predictions = {
  type: 'array',
  items: {
    type: 'object',
    properties: { rank: { type: 'integer' }, code: { type: 'string' }, score: { type: 'number' } },
    required: ['code', 'score'],
  },
};
const portfolio = {
  weights,
  names: { type: 'integer' },
  turnover: { type: 'number', description: 'Half the sum of the changes in weight.' },
  inception: { type: 'boolean' },
  kept: { type: 'array', items: { type: 'string' } },
  cost: {
    type: 'object',
    properties: { bps: { type: 'number' }, fraction: { type: 'number' }, amount: { type: 'number' } },
  },
};
const predicted = {
  version: { type: 'string' },
  date: { type: ['string', 'null'], format: 'date' },
  panelDate: { type: ['string', 'null'], format: 'date' },
  horizon,
  predictions,
};

/**
 * The contract of this service as OpenAPI 3.1.
 * @param {import('./state.mjs').State} state
 */
export function openapi({ release, model }) {
  const features = {
    type: 'object',
    properties: Object.fromEntries(model.features.map(({ name }) => [name, { type: 'number' }])),
    required: model.features.map(({ name }) => name),
    additionalProperties: false,
  };
  const instruments = {
    type: 'array',
    items: {
      type: 'object',
      properties: { code: { type: 'string' }, features },
      required: ['code', 'features'],
    },
  };
  const query = Object.entries({ date, horizon, top_k: topK }).map(([name, schema]) => ({
    name,
    in: 'query',
    schema,
  }));
  return {
    openapi: '3.1.0',
    info: { title: `${release.system} ranker-api`, version: release.version },
    paths: {
      '/healthz': { get: open('Whether it is ready', { 200: 'Ready', 503: 'Not ready' }) },
      '/health': { get: open('Whether it is ready, and what it is', { 200: 'Ready', 503: 'Not ready' }) },
      '/metrics': { get: open('Metrics in the Prometheus text format', { 200: 'Metrics' }) },
      '/openapi.json': { get: open('This document', { 200: 'OpenAPI 3.1' }) },
      '/predict': {
        get: { ...keyed('Scores of the universe', predicted), parameters: query },
        post: keyed('Scores of the universe or of given features', predicted, {
          date,
          horizon,
          top_k: topK,
          instruments,
        }),
      },
      '/rebalance': {
        post: keyed(
          'Weights from the model',
          { ...predicted, ...portfolio },
          { date, horizon, top_k: topK, current_weights: weights, portfolio_value: value },
        ),
      },
      '/optimize': {
        post: keyed(
          'Weights from given scores',
          { version: predicted.version, ...portfolio },
          { predictions, top_k: topK, current_weights: weights, portfolio_value: value },
        ),
      },
    },
    components: {
      securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-API-Key' } },
      schemas: {
        Problem: {
          type: 'object',
          properties: {
            error: { type: 'string' },
            message: { type: 'string' },
            problems: {
              type: 'array',
              items: {
                type: 'object',
                properties: { path: { type: 'string' }, message: { type: 'string' } },
              },
            },
          },
          required: ['error', 'message', 'problems'],
        },
      },
    },
  };
}

/** @param {string} summary @param {Record<string, string>} answers */
function open(summary, answers) {
  return {
    summary,
    responses: Object.fromEntries(
      Object.entries(answers).map(([status, description]) => [status, { description }]),
    ),
  };
}

/** @param {string} summary @param {object} answer @param {object} [body] */
function keyed(summary, answer, body) {
  const problem = { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } };
  const refusals = { 400: 'Bad request', 401: 'No key', 403: 'Unknown key', 429: 'Rate limit' };
  return {
    summary,
    security: [{ key: [] }],
    ...(body && { requestBody: { content: json(body) } }),
    responses: {
      200: { description: 'As asked', content: json(answer) },
      ...Object.fromEntries(
        Object.entries(refusals).map(([status, description]) => [status, { description, content: problem }]),
      ),
    },
  };
}

/** @param {object} properties */
function json(properties) {
  return { 'application/json': { schema: { type: 'object', properties } } };
}
