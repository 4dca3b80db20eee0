from django.conf import settings

from products.catalogue import FACETS


def test_an_address_may_name_two_values_of_every_facet():
    assert set(FACETS) <= settings.MULTIPLE_PARAMETERS
