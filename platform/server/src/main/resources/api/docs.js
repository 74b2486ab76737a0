// Shows the OpenAPI document of this server, without anybody else's scripts.
const element = (name, text, className) => {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
};

const resolve = (api, node) =>
  node && node.$ref
    ? node.$ref.slice(2).split('/').reduce((at, key) => at[key], api)
    : node;

const bodies = (api, content) =>
  Object.entries(content ?? {}).flatMap(([mediaType, { schema }]) => {
    const shown = [element('p', mediaType)];
    if (schema) shown.push(element('pre', JSON.stringify(resolve(api, schema), null, 2)));
    return shown;
  });

const call = (api, path, method, shared, operation) => {
  const details = element('details');
  const summary = element('summary');
  summary.append(element('span', method.toUpperCase(), 'method'), element('code', path));
  summary.append(element('span', operation.summary, 'said'));
  details.append(summary);
  if (operation.description) details.append(element('p', operation.description));
  const parameters = [...(shared ?? []), ...(operation.parameters ?? [])].map((each) => resolve(api, each));
  if (parameters.length > 0) {
    const table = element('table');
    for (const parameter of parameters) {
      const row = element('tr');
      row.append(element('td', parameter.name), element('td', parameter.in), element('td', parameter.description));
      table.append(row);
    }
    details.append(element('h4', 'Parameters'), table);
  }
  if (operation.requestBody) {
    details.append(element('h4', 'Body'), ...bodies(api, operation.requestBody.content));
  }
  for (const [status, named] of Object.entries(operation.responses)) {
    const response = resolve(api, named);
    details.append(element('h4', `${status} ${response.description}`), ...bodies(api, response.content));
  }
  return details;
};

const show = (api) => {
  document.querySelector('#summary').textContent = api.info.summary;
  const main = document.querySelector('#calls');
  main.replaceChildren();
  for (const { name } of api.tags) {
    main.append(element('h2', name));
    for (const [path, { parameters, ...operations }] of Object.entries(api.paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        if (operation.tags.includes(name)) main.append(call(api, path, method, parameters, operation));
      }
    }
  }
};

fetch('/openapi.json')
  .then((answer) => answer.json())
  .then(show)
  .catch(() => {
    document.querySelector('#calls').replaceChildren(element('p', 'The document cannot be read.'));
  });
