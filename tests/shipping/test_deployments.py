"""compose.yaml and deploy/kubernetes.yaml say of the server, of its image and of each other what is so."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest
import yaml

from sandbox.cli import ecf_sandbox
from tests.server.running import ROOT
from tests.shipping.dockerfile import stages

IMAGE = stages(ROOT / "Dockerfile")[-1]
COMPOSE: Final[Mapping[str, Any]] = yaml.safe_load((ROOT / "compose.yaml").read_text())
OBJECTS: Final = {each["kind"]: each for each in yaml.safe_load_all((ROOT / "deploy/kubernetes.yaml").read_text())}
POD: Final = OBJECTS["Deployment"]["spec"]["template"]["spec"]
(CONTAINER,) = POD["containers"]
USER, GROUP = map(int, IMAGE.last("USER").given.split(":"))
FLAGS: Final = {
    flag for option in ecf_sandbox.commands["serve"].params for flag in (*option.opts, *option.secondary_opts)
}
VARIABLES: Final = {f"ECF_SANDBOX_{flag.removeprefix('--').replace('-', '_').upper()}" for flag in FLAGS}


def words(node: Any) -> Iterator[str]:
    """Every text in something."""
    if isinstance(node, Mapping):
        yield from (word for item in node.items() for each in item for word in words(each))
    elif isinstance(node, list):
        yield from (word for each in node for word in words(each))
    else:
        yield str(node)


@pytest.mark.parametrize("told", [COMPOSE["services"]["sandbox"], POD], ids=["compose", "kubernetes"])
def test_it_is_started_with_options_that_there_are(told: Any) -> None:
    said = list(words(told))
    assert [word for word in said if word.startswith("--") and word not in FLAGS] == []
    assert [word for word in said if word.startswith("ECF_SANDBOX_") and word not in VARIABLES] == []
    assert "serve" in said


@pytest.mark.parametrize("told", [COMPOSE, OBJECTS], ids=["compose", "kubernetes"])
def test_no_secret_stands_in_it(told: Any) -> None:
    secret = [word for word in words(told) if "${" in word]
    assert all(re.fullmatch(r"\$\{ECF_SANDBOX_\w+:\?[\w ]+\}", word) for word in secret)
    named = {each["name"]: each.get("valueFrom") for each in CONTAINER["env"]}
    assert "secretKeyRef" in named["ECF_SANDBOX_CONTROL_TOKEN"]
    assert not re.search(r"(?i)password: (?!\$)", (ROOT / "compose.yaml").read_text())


def test_nothing_can_be_written_to_but_what_the_image_writes_to() -> None:
    composed = COMPOSE["services"]["sandbox"]
    assert composed["read_only"] is CONTAINER["securityContext"]["readOnlyRootFilesystem"] is True
    assert composed["tmpfs"] == ["/tmp"]
    mounted = {each["mountPath"]: each["name"] for each in CONTAINER["volumeMounts"]}
    assert set(mounted) == {"/tmp", *IMAGE.last("VOLUME").words}
    assert set(mounted.values()) == {each["name"] for each in POD["volumes"]}


def test_nobody_has_more_rights_than_the_image_needs() -> None:
    assert COMPOSE["services"]["sandbox"]["cap_drop"] == CONTAINER["securityContext"]["capabilities"]["drop"] == ["ALL"]
    assert CONTAINER["securityContext"]["allowPrivilegeEscalation"] is False
    security = POD["securityContext"]
    assert (security["runAsUser"], security["runAsGroup"], security["fsGroup"]) == (USER, GROUP, GROUP)


def test_compose_waits_for_a_database_that_keeps_its_data_and_has_the_password_that_is_sent() -> None:
    sandbox, database = (COMPOSE["services"][name] for name in ("sandbox", "database"))
    assert sandbox["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert database["healthcheck"]["test"][:2] == ["CMD", "pg_isready"]
    assert sandbox["environment"]["PGPASSWORD"] == database["environment"]["POSTGRES_PASSWORD"]
    user, name = database["environment"]["POSTGRES_USER"], database["environment"]["POSTGRES_DB"]
    assert sandbox["environment"]["ECF_SANDBOX_STORE"] == f"postgresql://{user}@database/{name}"
    assert [volume.partition(":")[0] for volume in database["volumes"]] == list(COMPOSE["volumes"])


def test_the_port_is_the_images_everywhere_and_open_to_this_machine_alone() -> None:
    port = int(IMAGE.last("EXPOSE").given)
    assert COMPOSE["services"]["sandbox"]["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert CONTAINER["ports"] == [{"name": "http", "containerPort": port}]
    assert CONTAINER["args"][CONTAINER["args"].index("--port") + 1] == str(port)
    (served,) = OBJECTS["Service"]["spec"]["ports"]
    assert served["targetPort"] == "http"


def test_the_parts_in_kubernetes_find_each_other() -> None:
    labels = OBJECTS["Deployment"]["spec"]["template"]["metadata"]["labels"]
    assert OBJECTS["Deployment"]["spec"]["selector"]["matchLabels"] == OBJECTS["Service"]["spec"]["selector"] == labels
    claims = [each["persistentVolumeClaim"]["claimName"] for each in POD["volumes"] if "persistentVolumeClaim" in each]
    assert claims == [OBJECTS["PersistentVolumeClaim"]["metadata"]["name"]]
    assert OBJECTS["Deployment"]["spec"]["strategy"] == {"type": "Recreate"}  # a folder belongs to one process


def test_probes_ask_what_the_server_answers() -> None:
    probes = {name: CONTAINER[name]["httpGet"] for name in ("startupProbe", "readinessProbe", "livenessProbe")}
    assert {name: probe["path"] for name, probe in probes.items()} == {
        "startupProbe": "/ready",
        "readinessProbe": "/ready",
        "livenessProbe": "/health",  # which never waits: a database that is away is no reason to restart
    }
    assert {probe["port"] for probe in probes.values()} == {"http"}
    assert not POD["enableServiceLinks"]  # ECF_SANDBOX_PORT would be what Kubernetes says of the Service


def test_docker_takes_the_file_where_it_is() -> None:
    """Where its client has the command; elsewhere only what is said above is known of the file."""
    if shutil.which("docker") is None or subprocess.run(["docker", "compose", "version"], check=False).returncode:
        assert set(COMPOSE) <= {"name", "services", "volumes"}
        return
    secrets = {"ECF_SANDBOX_CONTROL_TOKEN": "a", "ECF_SANDBOX_DATABASE_PASSWORD": "b", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        ["docker", "compose", "config", "--quiet"], cwd=ROOT, env=secrets, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
