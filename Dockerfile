FROM node:26-slim AS build
WORKDIR /signet
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:26-slim
WORKDIR /signet
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data
RUN mkdir /data && chown node:node /data
COPY --from=build /signet/package.json ./
COPY --from=build /signet/node_modules ./node_modules
COPY --from=build /signet/dist ./dist
COPY --from=build /signet/protocol ./protocol
COPY --from=build /signet/identity ./identity
COPY --from=build /signet/server ./server
USER node
VOLUME /data
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s CMD ["node", "-e", "fetch('http://127.0.0.1:4000/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/index.ts"]
