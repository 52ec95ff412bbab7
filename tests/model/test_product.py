"""The codes a product is known by."""

from liveshop_desk.model.product import Product, Sku


def test_its_own_code_stands_before_those_of_its_skus():
    skus = (Sku("1", "p", code="A-S"), Sku("2", "p", code="A-M"), Sku("3", "p"), Sku("4", "p", code="A-S"))
    assert Product("p", "coat", code="A", skus=skus).codes == ("A",)
    assert Product("p", "coat", skus=skus).codes == ("A-S", "A-M")
    assert Product("p", "coat").codes == ()
