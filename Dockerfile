# The server and nothing else. Nothing of it is written to while it runs but /data and /tmp.
#   docker build -t ecf-sandbox .
#   docker run --read-only --tmpfs /tmp -v ecf-sandbox:/data -p 127.0.0.1:8080:8080 -e ECF_SANDBOX_CONTROL_TOKEN=… ecf-sandbox
ARG PYTHON=python:3.13-slim-bookworm

FROM ${PYTHON} AS build
WORKDIR /src
COPY requirements.txt ./
RUN python3 -m venv /opt/build && python3 -m venv /opt/ecf-sandbox && \
    /opt/build/bin/pip download --no-cache-dir --only-binary :all: --require-hashes --no-deps --dest /wheels --requirement requirements.txt && \
    /opt/build/bin/pip install --no-index --no-deps /wheels/*
COPY LICENSE README.md ecf_sandbox_pytest.py mkdocs.yml pyproject.toml ./
COPY contract_tests ./contract_tests
COPY docs ./docs
COPY openapi ./openapi
COPY sandbox ./sandbox
COPY seeds ./seeds
RUN /opt/build/bin/pip wheel --no-index --no-deps --no-build-isolation --wheel-dir /wheels . && \
    /opt/ecf-sandbox/bin/pip install --no-index --find-links /wheels 'ecf-sandbox[postgresql]' && \
    /opt/ecf-sandbox/bin/pip uninstall --yes pip

FROM ${PYTHON}
RUN groupadd --gid 10001 ecf && \
    useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin ecf && \
    install --directory --owner 10001 --group 10001 /data
COPY --from=build /opt/ecf-sandbox /opt/ecf-sandbox
ENV PATH=/opt/ecf-sandbox/bin:$PATH \
    ECF_SANDBOX_CACHE=/tmp/ecf-sandbox \
    ECF_SANDBOX_DATA=/data \
    ECF_SANDBOX_HOST=0.0.0.0
USER 10001:10001
VOLUME ["/data"]
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=4s --start-period=20s \
    CMD ["python3", "-c", "import http.client, os; at = http.client.HTTPConnection('127.0.0.1', int(os.environ.get('ECF_SANDBOX_PORT') or 8080), timeout=3); at.request('GET', '/health'); raise SystemExit(at.getresponse().status != 200)"]
ENTRYPOINT ["ecf-sandbox"]
CMD ["serve"]
