"""Code lists of a user are read, or refused with the line."""

from pathlib import Path

import pytest

from godwit.records.errors import InputRefused
from godwit.records.reconcile.clusters import read_clusters


def written(folder: Path, text: str) -> Path:
    path = folder / "lists.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_lists_by_cluster_or_by_reference_set(tmp_path: Path) -> None:
    text = "\ufeffCluster_ID,ConceptId,Term\nDM_COD,44054006,x\n\n999012891000230104,195967001,y\nDM_COD,46635009,z\n"
    lists = read_clusters(written(tmp_path, text))
    assert lists.codes["DM_COD"] == {"snomed|44054006", "snomed|46635009"}
    assert lists.codes["AST_COD"] == {"snomed|195967001"}
    assert (lists.state("DM_COD"), lists.state("HYP_COD")) == ("loaded", "starter")


def test_a_read_code_stands_for_both_read_systems(tmp_path: Path) -> None:
    lists = read_clusters(written(tmp_path, "cluster,code\nDM_COD,C10F.00\n"))
    assert lists.codes["DM_COD"] == {"read2|C10F.", "ctv3|C10F."}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "clusters.columns"),
        ("name,code\nDM_COD,1\n", "clusters.columns"),
        ("cluster,term\nDM_COD,x\n", "clusters.columns"),
        ("cluster,code\nDM_COD\n", "clusters.row"),
        ("cluster,code\n,44054006\n", "clusters.row"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, text: str, rule: str) -> None:
    with pytest.raises(InputRefused, match=rule.replace(".", r"\.")):
        read_clusters(written(tmp_path, text))


def test_a_line_is_named_and_not_quoted(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        read_clusters(written(tmp_path, "cluster,code\nDM_COD,44054006\nSECRET,\n"))
    assert "line 3" in str(refused.value)
    assert "SECRET" not in str(refused.value)


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"clusters\.unreadable"):
        read_clusters(tmp_path / "absent.csv")
    path = tmp_path / "lists.csv"
    path.write_bytes(b"cluster,code\n\xff\xfe\n")
    with pytest.raises(InputRefused, match=r"clusters\.unreadable"):
        read_clusters(path)
