import { firstSetup, newLane, noFault, type Setup } from '../setup.ts'

const weather = {
  name: 'get_weather',
  description: 'Tells the weather in a city.',
  parameters: JSON.stringify(
    {
      type: 'object',
      properties: { city: { type: 'string' }, unit: { type: 'string', enum: ['celsius', 'fahrenheit'] } },
      required: ['city'],
    },
    undefined,
    2,
  ),
  result: '{"temperature": 21, "sky": "clear"}',
}

const book = JSON.stringify(
  {
    type: 'object',
    properties: { title: { type: 'string' }, author: { type: 'string' }, year: { type: 'integer' } },
    required: ['title', 'author', 'year'],
    additionalProperties: false,
  },
  undefined,
  2,
)

const cohere = newLane({ provider: 'cohere', model: 'command-a-03-2025' })
const openai = newLane({ provider: 'openai', model: 'gpt-5-mini' })

/** Setups to begin with. Each of them shows something without a key. */
export const setups: readonly { readonly name: string; readonly setup: Setup }[] = [
  { name: 'Books, side by side', setup: firstSetup },
  {
    name: 'Documents and citations',
    setup: {
      ...firstSetup,
      prompt: 'Which penguins are the tallest, and where do they live?',
      documents: [
        {
          id: 'emperor',
          title: 'Emperor penguins',
          text: 'Emperor penguins are the tallest penguins. They live only in Antarctica, on the sea ice.',
        },
        {
          id: 'galapagos',
          title: 'Galápagos penguins',
          text: 'Galápagos penguins live near the equator and are small.',
        },
      ],
      lanes: [cohere, newLane({ provider: 'cohere-v1', model: 'command-r-plus-08-2024' })],
    },
  },
  {
    name: 'Tools',
    setup: {
      ...firstSetup,
      prompt: 'What is the weather in Paris and in Rome?',
      tools: [weather],
      pace: { firstTokenMs: 350, tokensPerSecond: 24 },
      lanes: [cohere, openai, newLane({ provider: 'mistral', model: 'mistral-small-latest' })],
    },
  },
  {
    name: 'Thinking',
    setup: {
      ...firstSetup,
      prompt: 'Recommend a science fiction novel for someone who loved Dune.',
      lanes: [
        newLane({ provider: 'cohere', model: 'command-a-reasoning-08-2025' }),
        newLane({ provider: 'deepseek', model: 'deepseek-reasoner' }),
        { ...openai, extra: '{ "reasoning": { "effort": "low", "summary": "auto" } }' },
      ],
    },
  },
  {
    name: 'An answer in JSON',
    setup: { ...firstSetup, prompt: 'Recommend a mystery novel.', schema: book },
  },
  {
    name: 'A fault, with retry and fallback',
    setup: {
      ...firstSetup,
      lanes: [
        { ...cohere, fault: { ...noFault, kind: 'rate-limit' }, recovery: 'retry' },
        { ...cohere, fault: { ...noFault, kind: 'cut', afterBytes: 3000 }, recovery: 'fallback' },
        { ...openai, fault: { ...noFault, kind: 'stall', afterBytes: 6000 } },
      ],
    },
  },
]
