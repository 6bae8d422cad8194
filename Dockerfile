# Serai in one image: `web` and `worker` are commands of it, see compose.yaml.
FROM node:24-slim AS ui
WORKDIR /build/web
COPY web .
# The lock names one system's packages; on another, npm finds those that are missing.
RUN npm ci --ignore-scripts --no-audit --no-fund || npm install --no-save --ignore-scripts --no-audit --no-fund
RUN export SERAI_BUILD=$(find src public *.html *.json *.ts -type f | sort | xargs cat | sha256sum | cut -c1-12) \
 && npx vite build && node compress.mjs dist

FROM python:3.13-slim AS build
WORKDIR /build
RUN python -m venv /opt/serai
COPY requirements/base.txt requirements/build.txt requirements/
RUN /opt/serai/bin/pip install --no-cache-dir --require-hashes --requirement requirements/base.txt \
 && python -m pip install --no-cache-dir --require-hashes --requirement requirements/build.txt
COPY pyproject.toml hatch_build.py README.md LICENSE CHANGELOG.md ./
COPY src src
COPY --from=ui /build/web/dist src/serai/ui
COPY migrations migrations
COPY data data
RUN SERAI_SKIP_UI=1 python -m pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir dist . \
 && /opt/serai/bin/pip install --no-cache-dir --no-deps dist/*.whl

FROM python:3.13-slim
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/serai serai
COPY --from=build /opt/serai /opt/serai
ENV PATH=/opt/serai/bin:$PATH PYTHONUNBUFFERED=1 \
    SERAI_DATA_DIR=/var/lib/serai SERAI_HOST=0.0.0.0 SERAI_PORT=8007
USER 10001
WORKDIR /var/lib/serai
VOLUME /var/lib/serai
EXPOSE 8007
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8007/health/ready', timeout=4)"]
ENTRYPOINT ["serai"]
CMD ["web"]
